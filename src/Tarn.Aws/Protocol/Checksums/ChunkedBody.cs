using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tarn.Aws.Protocol.Signing;

namespace Tarn.Aws.Protocol.Checksums;

/// <summary>
/// Decodes the aws-chunked content encoding while it is read, verifying the chunks' signatures where there are any:
/// <code>
/// HEX-LENGTH[;chunk-signature=HEX] CRLF  data CRLF      repeated, the last with length 0 and no data
/// name:value CRLF                                       trailing headers, where announced
/// x-amz-trailer-signature:HEX CRLF                      where the trailer is signed
/// CRLF
/// </code>
/// Bytes of a chunk are handed on before its signature has been seen; the end of the body is not, so nothing
/// unverified is kept.
/// </summary>
/// <param name="hasTrailer">Whether trailing headers may come at all.</param>
/// <param name="announced">The one trailing header that may come, in lower case, or null.</param>
internal sealed class ChunkedBody(
    Stream inner, long decodedLength, ChunkSignatures? signatures, bool hasTrailer, string? announced) : ReadOnlyBody
{
    private const int LineBytesMax = 1024;
    private const string Ended = "it ended before the number of bytes that x-amz-decoded-content-length announced";
    private const string SignatureField = "chunk-signature=";
    private const string TrailerSignature = "x-amz-trailer-signature";

    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly IncrementalHash _chunkHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _start;
    private int _end;
    private long _chunkLeft;
    private long _decoded;
    private string _chunkSignature = "";
    private bool _inChunk;
    private bool _ended;

    /// <summary>Trailing headers by lower-case name; complete once the body has ended.</summary>
    public Dictionary<string, string> Trailer { get; } = new(StringComparer.Ordinal);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_ended)
        {
            if (_chunkLeft > 0)
            {
                return await ReadDataAsync(buffer, cancellationToken);
            }

            if (_inChunk)
            {
                await EndChunkAsync(cancellationToken);
            }
            else
            {
                await BeginChunkAsync(cancellationToken);
            }
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        _chunkHash.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask BeginChunkAsync(CancellationToken cancellation)
    {
        var line = await ReadLineAsync(cancellation);
        var semicolon = line.IndexOf(';', StringComparison.Ordinal);
        var digits = semicolon < 0 ? line : line[..semicolon];
        if (!long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _chunkLeft)
            || _chunkLeft < 0
            || _chunkLeft > decodedLength - _decoded)
        {
            throw Incomplete($"chunk length '{digits}' is not a length within the announced {decodedLength} bytes");
        }

        var extension = semicolon < 0 ? "" : line[(semicolon + 1)..];
        if (signatures is null && semicolon >= 0)
        {
            throw Incomplete("a chunk of an unsigned body has an extension");
        }

        if (signatures is not null && !extension.StartsWith(SignatureField, StringComparison.Ordinal))
        {
            throw new SignatureException(SignatureFault.Mismatch, "a chunk of the body has no signature");
        }

        _chunkSignature = signatures is null ? "" : extension[SignatureField.Length..];
        if (_chunkLeft > 0)
        {
            _inChunk = true;
            return;
        }

        signatures?.VerifyChunk(_chunkHash.GetHashAndReset(), _chunkSignature);
        await EndBodyAsync(cancellation);
    }

    private async ValueTask<int> ReadDataAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        var wanted = (int)Math.Min(buffer.Length, _chunkLeft);
        int count;
        if (_start < _end)
        {
            count = Math.Min(wanted, _end - _start);
            _buffer.AsMemory(_start, count).CopyTo(buffer);
            _start += count;
        }
        else
        {
            count = await inner.ReadAsync(buffer[..wanted], cancellation);
            if (count == 0)
            {
                throw Incomplete(Ended);
            }
        }

        if (signatures is not null)
        {
            _chunkHash.AppendData(buffer.Span[..count]);
        }

        _chunkLeft -= count;
        _decoded += count;
        return count;
    }

    private async ValueTask EndChunkAsync(CancellationToken cancellation)
    {
        if ((await ReadLineAsync(cancellation)).Length > 0)
        {
            throw Incomplete("a chunk is longer than its announced length");
        }

        signatures?.VerifyChunk(_chunkHash.GetHashAndReset(), _chunkSignature);
        _inChunk = false;
    }

    private async ValueTask EndBodyAsync(CancellationToken cancellation)
    {
        if (_decoded != decodedLength)
        {
            throw Incomplete(Ended);
        }

        var signedText = new StringBuilder();
        string? signature = null;
        for (var line = await ReadLineAsync(cancellation); line.Length > 0; line = await ReadLineAsync(cancellation))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = colon <= 0
                ? (line, "")
                : (line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim());
            if (name == TrailerSignature && signatures is not null && hasTrailer && signature is null)
            {
                signature = value;
                continue;
            }

            if (colon <= 0 || !hasTrailer || name != announced || signature is not null
                || !Trailer.TryAdd(name, value))
            {
                throw MalformedTrailer($"'{line}' is not an announced trailing header");
            }

            signedText.Append(name).Append(':').Append(value).Append('\n');
        }

        if (signatures is not null && hasTrailer)
        {
            signatures.VerifyTrailer(
                signedText.ToString(), signature ?? throw MalformedTrailer($"{TrailerSignature} is missing"));
        }

        if (_start < _end || await inner.ReadAsync(_buffer.AsMemory(), cancellation) > 0)
        {
            throw Incomplete("bytes follow the last chunk");
        }

        _ended = true;
    }

    private async ValueTask<string> ReadLineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var newline = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);
            if (newline >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, newline);
                _start += newline + 2;
                return line;
            }

            if (_end - _start > LineBytesMax)
            {
                throw Incomplete("a chunk header is longer than 1024 bytes");
            }

            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_end, _start) = (_end - _start, 0);
            var count = await inner.ReadAsync(_buffer.AsMemory(_end), cancellation);
            if (count == 0)
            {
                throw Incomplete(Ended);
            }

            _end += count;
        }
    }

    private static AwsException Incomplete(string message) =>
        new("IncompleteBody", 400, "aws-chunked body: " + message);

    private static AwsException MalformedTrailer(string message) =>
        new("MalformedTrailerError", 400, "The request contained trailing data that was not well-formed: " + message);
}
