/** Where to start from with `authorization_details`: shapes out of RFC 9396 and of the practice server. */
export const detailsTemplates: readonly { readonly name: string; readonly details: readonly object[] }[] = [
  {
    name: 'API access',
    details: [{ type: 'greeting_access', actions: ['read'], locations: ['https://practice.example/api'] }],
  },
  {
    // RFC 9396 section 2
    name: 'Payment',
    details: [
      {
        type: 'payment_initiation',
        locations: ['https://example.com/payments'],
        instructedAmount: { currency: 'EUR', amount: '123.50' },
        creditorName: 'Merchant A',
        creditorAccount: { iban: 'DE02100100109307118603' },
        remittanceInformationUnstructured: 'Ref Number Merchant',
      },
    ],
  },
]
