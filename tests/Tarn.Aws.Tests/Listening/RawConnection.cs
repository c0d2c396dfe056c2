using System.Net.Sockets;
using System.Text;

namespace Tarn.Aws.Tests.Listening;

/// <summary>A TCP connection to the server's port, to send bytes as no client library would.</summary>
internal sealed class RawConnection : IDisposable
{
    public const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static readonly TimeSpan AnswerTimeMax = TimeSpan.FromSeconds(20);

    private readonly TcpClient client = new() { NoDelay = true };

    private NetworkStream _stream = null!;

    private RawConnection()
    {
    }

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection();
        await connection.client.ConnectAsync(address.Host, address.Port);
        connection._stream = connection.client.GetStream();
        return connection;
    }

    /// <summary>The head of a request as it goes over the wire, with a length of its own.</summary>
    public static string Head(HttpRequestMessage request, int length)
    {
        var headers = request.Headers.AsEnumerable();
        if (request.Content is { } content)
        {
            headers = headers.Concat(content.Headers.Where(header => header.Key != "Content-Length"));
        }

        var target = request.RequestUri!;
        return $"{request.Method} {target.PathAndQuery} HTTP/1.1\r\nHost: {target.Authority}\r\n"
            + string.Concat(headers.Select(header => $"{header.Key}: {string.Join(',', header.Value)}\r\n"))
            + $"Content-Length: {length}\r\n\r\n";
    }

    public async Task SendAsync(string text) =>
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    /// <summary>Exactly so many bytes of the answer.</summary>
    public async Task<byte[]> ReadAsync(int count)
    {
        using var limit = new CancellationTokenSource(AnswerTimeMax);
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, limit.Token);
        return bytes;
    }

    /// <summary>All that comes until the server closes or resets the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var limit = new CancellationTokenSource(AnswerTimeMax);
        using var read = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(read, limit.Token);
        }
        catch (IOException)
        {
            // A server that closes without having read all that was sent resets the connection behind its answer.
        }

        return Encoding.UTF8.GetString(read.ToArray());
    }

    /// <summary>What comes until this text, and with it.</summary>
    public async Task<string> ReadUntilAsync(string end)
    {
        using var limit = new CancellationTokenSource(AnswerTimeMax);
        using var reader = new StreamReader(_stream, Encoding.UTF8, leaveOpen: true);
        var read = new StringBuilder();
        var buffer = new char[1];
        while (!read.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            Assert.Equal(1, await reader.ReadAsync(buffer.AsMemory(), limit.Token));
            read.Append(buffer);
        }

        return read.ToString();
    }

    /// <summary>Says that nothing more will come; the answer can still be read.</summary>
    public void EndSending() => client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Cuts the connection at once: the server sees a reset.</summary>
    public void Cut()
    {
        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Close();
    }

    /// <summary>True when the server has closed or reset the connection without a byte.</summary>
    public async Task<bool> IsClosedAsync()
    {
        using var limit = new CancellationTokenSource(AnswerTimeMax);
        try
        {
            return await _stream.ReadAsync(new byte[1], limit.Token) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose() => client.Dispose();
}
