using System.Net.Sockets;
using System.Text;
using Tarn.Benchmarks.Ingest.Wire;

namespace Tarn.Benchmarks.Objects;

/// <summary>
/// One keep-alive connection on a bare socket that keeps no body: an HTTP client would take as much of the cores as the
/// server does.
/// </summary>
/// <param name="sign">The head of a request: method, path, body length.</param>
internal sealed class HttpSession(Uri address, Func<string, string, long, byte[]> sign) : IObjectSession
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[256 << 10];
    private readonly Dictionary<string, byte[]> _heads = [];

    public async Task<HttpSession> ConnectAsync()
    {
        await _socket.ConnectAsync(address.Host, address.Port);
        return this;
    }

    public void Prepare(ObjectShape shape, string name) =>
        _heads[name] = sign(shape.Operation, name, shape.Operation == ObjectShape.Put ? shape.Bytes : 0);

    public async Task PutAsync(ObjectShape shape, string name)
    {
        await SendAsync(_heads[name]);
        for (var sent = 0L; sent < shape.Bytes;)
        {
            var piece = ObjectBody.Piece(sent, shape.Bytes);
            await SendAsync(piece);
            sent += piece.Length;
        }

        await ReadAsync();
    }

    public async Task<long> GetAsync(ObjectShape shape, string name)
    {
        await SendAsync(_heads[name]);
        return await ReadAsync();
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await _socket.SendAsync(bytes[sent..]);
        }
    }

    /// <summary>Reads an answer to its end and tells the length of its body.</summary>
    private async ValueTask<long> ReadAsync()
    {
        var filled = 0;
        int end;
        while ((end = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            filled += await FillAsync(filled);
        }

        var head = AnswerHead.Read(_buffer.AsSpan(0, end));
        var length = (long)(head.Length ?? 0);
        for (var got = filled - end - 4L; got < length;)
        {
            got += await FillAsync(0);
        }

        return head.Status is >= 200 and < 300
            ? length
            : throw new IOException($"status {head.Status}: {Encoding.UTF8.GetString(_buffer.AsSpan(0, filled))}");
    }

    private async ValueTask<int> FillAsync(int at)
    {
        var count = await _socket.ReceiveAsync(_buffer.AsMemory(at));
        return count > 0 ? count : throw new IOException("the server closed the connection");
    }
}
