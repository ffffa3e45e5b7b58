import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../checks/command.ts'
import { hostFiles } from '../hosting.ts'

interface Place {
  /** What is served. */
  readonly www: string
  /** For what the server writes. */
  readonly folder: string
  readonly port: number
}

/** How a real server is started with its file of hosting/, which is the part that a host copies. */
export interface Host {
  readonly program: string
  /** The package that has it. */
  readonly debian: string
  readonly file: keyof typeof hostFiles
  /** The file, at another place and port, in what the server needs besides. */
  readonly around: (text: string, place: Place) => string
  readonly options: (configuration: string, folder: string) => string[]
}

const modules = ['mpm_event', 'authz_core', 'mime', 'dir', 'headers', 'rewrite', 'alias', 'deflate', 'filter']

export const hosts: Readonly<Record<string, Host>> = {
  nginx: {
    program: 'nginx',
    debian: 'nginx-light',
    file: 'nginx.conf',
    around: (text, { www, folder, port }) => `daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
  include /etc/nginx/mime.types;
  access_log off;
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `  ${name}_temp_path ${folder}/${name};`).join('\n')}
${text.replace('listen 8080', `listen 127.0.0.1:${port}; listen [::1]:${port}`).replace('/usr/share/nginx/html', www)}
}`,
    options: (configuration, folder) => ['-p', folder, '-c', configuration],
  },
  caddy: {
    program: 'caddy',
    debian: 'caddy',
    file: 'Caddyfile',
    around: (text, { www, port }) =>
      `{\n\tadmin off\n\tauto_https off\n}\n${text.replace(/^:8080/m, `:${port}`).replace('/srv/playground', www)}`,
    options: (configuration) => ['run', '--config', configuration, '--adapter', 'caddyfile'],
  },
  apache: {
    program: 'apache2',
    debian: 'apache2',
    file: 'apache.conf',
    around: (text, { www, folder, port }) => `ServerRoot "${folder}"
${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
Listen 127.0.0.1:${port}
ServerName localhost
PidFile ${folder}/apache.pid
ErrorLog "${folder}/apache.log"
User www-data
Group www-data
TypesConfig /etc/mime.types
AddType application/x-gzip .gz
DocumentRoot "${www}"
${text.replace('/var/www/playground', www)}`,
    options: (configuration, folder) => ['-d', folder, '-f', configuration, '-DFOREGROUND'],
  },
}

/** The whole configuration of a server that serves that folder. */
export const configurationOf = (host: Host, place: Place): string =>
  host.around(readFileSync(join(root, hostFiles[host.file]), 'utf8'), place)
