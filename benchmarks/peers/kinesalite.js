// Serves npm kinesalite on loopback: node kinesalite.js PORT. In memory, its fastest mode: nothing reaches the disk.
const port = Number(process.argv[2])
const options = { createStreamMs: 0, deleteStreamMs: 0, shardLimit: 100 }
require('kinesalite')(options).listen(port, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${port}`))
process.stdin.on('end', () => process.exit(0)).resume()
