using System.Globalization;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Checksums;
using Tarn.Aws.Protocol.Signing;

namespace Tarn.Aws.S3;

/// <summary>
/// The body of an S3 request with everything that its headers promise about it being checked as it is read:
/// <code>
/// socket -> aws-chunked and its signatures -> x-amz-content-sha256 -> x-amz-checksum-* of header or trailer
/// </code>
/// The last read throws when a promise is broken, so the object store, which commits at the end, keeps nothing.
/// </summary>
internal sealed class S3Body : IAsyncDisposable
{
    private const string ChecksumPrefix = "x-amz-checksum-";
    private const string DecodedLength = "x-amz-decoded-content-length";

    private readonly ChunkedBody? _chunked;

    private S3Body(Stream stream, long? length, ChunkedBody? chunked, S3Checksum? checksum)
    {
        Stream = stream;
        Length = length;
        Checksum = checksum;
        _chunked = chunked;
    }

    public Stream Stream { get; }

    /// <summary>Bytes announced, or null.</summary>
    public long? Length { get; }

    /// <summary>The checksum that the sender gave; its value is known once the body has been read.</summary>
    public S3Checksum? Checksum { get; }

    public static S3Body Open(S3Call call) => Open(call, chunked => FindChecksum(call, chunked));

    /// <summary>For requests whose checksum headers are not about their body.</summary>
    public static S3Body OpenPlain(S3Call call) => Open(call, _ => null);

    private static S3Body Open(S3Call call, Func<ChunkedBody?, S3Checksum?> findChecksum)
    {
        var stated = call.Payload;
        var chunked = OpenChunked(call, stated);
        var source = chunked ?? call.Request.Body;
        var checks = new List<BodyCheck>();
        if (PayloadHash.IsHash(stated))
        {
            checks.Add(new BodyCheck(RunningChecksum.Create("sha256")!, value => CheckPayload(stated, value)));
        }

        var checksum = findChecksum(chunked);
        if (checksum is not null)
        {
            checks.Add(new BodyCheck(RunningChecksum.Create(checksum.Algorithm)!, checksum.Verify));
        }

        var length = chunked is null
            ? call.Request.ContentLength
            : long.Parse(call.Header(DecodedLength)!, CultureInfo.InvariantCulture);
        return new S3Body(new CheckedBody(source, checks), length, chunked, checksum);
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        if (_chunked is not null)
        {
            await _chunked.DisposeAsync();
        }
    }

    private static ChunkedBody? OpenChunked(S3Call call, string stated)
    {
        if (PayloadHash.IsHash(stated) || stated == PayloadHash.Unsigned)
        {
            return null;
        }

        var isSigned = stated is PayloadHash.StreamingSigned or PayloadHash.StreamingSignedTrailer;
        if (!isSigned && stated != PayloadHash.StreamingUnsignedTrailer)
        {
            throw Unknown(stated);
        }

        if (!long.TryParse(call.Header(DecodedLength), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            throw new AwsException("MissingContentLength", 411, $"You must provide the {DecodedLength} HTTP header.");
        }

        if (length > call.Request.ContentLength)
        {
            throw new AwsException(
                "IncompleteBody",
                400,
                $"the body has {call.Request.ContentLength} bytes, fewer than the {length} of {DecodedLength}");
        }

        var signatures = isSigned ? Signatures(call, stated) : null;
        return new ChunkedBody(
            call.Request.Body,
            length,
            signatures,
            hasTrailer: stated != PayloadHash.StreamingSigned,
            Announced(call));
    }

    private static string? Announced(S3Call call) => call.Header("x-amz-trailer")?.Trim().ToLowerInvariant();

    private static AwsException Unknown(string stated) => stated.StartsWith("STREAMING-", StringComparison.Ordinal)
        ? new AwsException("NotImplemented", 501, $"tarn does not support {PayloadHash.Header} '{stated}'")
        : new AwsException(
            "InvalidArgument",
            400,
            $"{PayloadHash.Header} must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
            + "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 "
            + "value.")
        {
            Elements = [new("ArgumentName", PayloadHash.Header), new("ArgumentValue", stated)],
        };

    private static ChunkSignatures Signatures(S3Call call, string stated) =>
        call.Signature is { } signature && !call.IsPresigned
            ? new ChunkSignatures(signature.SigningKey, signature.Timestamp, signature.Scope, signature.Value)
            : throw new AwsException(
                "InvalidRequest", 400, $"{stated} needs a signature in the Authorization header, as its chunks go on "
                + "from it");

    private static S3Checksum? FindChecksum(S3Call call, ChunkedBody? chunked)
    {
        var given = call.Request.Headers
            .Where(header => header.Key.StartsWith(ChecksumPrefix, StringComparison.OrdinalIgnoreCase))
            .Select(header => (Name: header.Key.ToLowerInvariant(), Value: header.Value.ToString()))
            .Where(header => header.Name is not ("x-amz-checksum-mode" or "x-amz-checksum-type"))
            .ToList();
        var announced = Announced(call);
        if (given.Count + (announced is null ? 0 : 1) > 1)
        {
            throw new AwsException(
                "InvalidRequest",
                400,
                "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        }

        if (given.Count == 1)
        {
            return new S3Checksum(Algorithm(given[0].Name), () => given[0].Value);
        }

        if (announced is null)
        {
            return null;
        }

        if (chunked is null)
        {
            throw new AwsException("InvalidRequest", 400, "x-amz-trailer needs an aws-chunked body with a trailer");
        }

        return new S3Checksum(Algorithm(announced), () => chunked.Trailer.GetValueOrDefault(announced));
    }

    private static string Algorithm(string header)
    {
        var algorithm = header.StartsWith(ChecksumPrefix, StringComparison.Ordinal)
            ? header[ChecksumPrefix.Length..]
            : header;
        return RunningChecksum.Algorithms.Contains(algorithm)
            ? algorithm
            : throw new AwsException("NotImplemented", 501, $"tarn does not support checksum '{header}'");
    }

    private static void CheckPayload(string stated, byte[] value)
    {
        if (Convert.ToHexStringLower(value) != stated)
        {
            throw new SignatureException(
                SignatureFault.Payload, "The provided 'x-amz-content-sha256' header does not match what was computed.");
        }
    }
}
