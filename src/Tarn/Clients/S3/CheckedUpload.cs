using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Tarn.Primitives.Errors;

namespace Tarn.Clients.S3;

/// <summary>
/// A body of known length that streams with its SHA-256 behind it: aws-chunked, unsigned, checksum in the trailer. The
/// server keeps nothing unless both agree, and nothing has to be read twice. Source:
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
/// </summary>
/// <param name="source">Exactly <paramref name="length"/> bytes are read from it.</param>
/// <param name="sent">Told the size of each piece that went out.</param>
internal sealed class CheckedUpload(Stream source, long length, Action<long> sent) : HttpContent
{
    public const string ChecksumHeader = "x-amz-checksum-sha256";
    private const string PayloadWord = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    private const int PieceBytesMax = 256 * 1024;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The body's SHA-256 in base64; set once it has been sent.</summary>
    public string? Checksum { get; private set; }

    /// <summary>The headers that a request with this body needs.</summary>
    public Dictionary<string, string> RequestHeaders() => new()
    {
        [SigningHandler.PayloadHeader] = PayloadWord,
        ["x-amz-decoded-content-length"] = $"{length}",
        ["x-amz-trailer"] = ChecksumHeader,
        ["x-amz-sdk-checksum-algorithm"] = "SHA256",
    };

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytesMax);
        try
        {
            for (var left = length; left > 0;)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(left, PieceBytesMax));
                await FillAsync(piece, cancellationToken);
                hash.AppendData(piece.Span);
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{piece.Length:x}\r\n"), cancellationToken);
                await stream.WriteAsync(piece, cancellationToken);
                await stream.WriteAsync("\r\n"u8.ToArray(), cancellationToken);
                left -= piece.Length;
                sent(piece.Length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        Checksum = Convert.ToBase64String(hash.GetHashAndReset());
        await stream.WriteAsync(Encoding.ASCII.GetBytes(End(Checksum)), cancellationToken);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long encoded)
    {
        var (whole, rest) = Math.DivRem(length, PieceBytesMax);
        encoded = (whole * Framed(PieceBytesMax)) + (rest == 0 ? 0 : Framed(rest)) + End(Convert.ToBase64String(
            new byte[SHA256.HashSizeInBytes])).Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        hash.Dispose();
        base.Dispose(disposing);
    }

    private async Task FillAsync(Memory<byte> piece, CancellationToken cancellation)
    {
        try
        {
            await source.ReadExactlyAsync(piece, cancellation);
        }
        catch (IOException error)
        {
            // Within a body's copying it would be taken for a broken connection.
            throw new TarnException(
                ErrorKind.Conflict,
                error is EndOfStreamException ? "the file became shorter while it was read" : error.Message,
                cause: error);
        }
    }

    private static long Framed(long bytes) => $"{bytes:x}".Length + bytes + 4;

    private static string End(string checksum) => $"0\r\n{ChecksumHeader}:{checksum}\r\n\r\n";
}
