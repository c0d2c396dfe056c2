using Tarn.Aws.Protocol.Checksums;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>
/// The checksum that is kept with a body: the one that its sender states, which <see cref="S3Body"/> verifies, or one
/// that is computed here as the bytes pass by.
/// </summary>
internal sealed class KeptChecksum : IDisposable
{
    private readonly ChecksumAlgorithm _algorithm;
    private readonly S3Checksum? _stated;
    private string? _computed;

    private KeptChecksum(ChecksumAlgorithm algorithm, S3Checksum? stated, Stream body)
    {
        _algorithm = algorithm;
        _stated = stated;
        Body = stated is null
            ? new CheckedBody(body, [
                new BodyCheck(
                    RunningChecksum.Create(ChecksumNames.Ending(algorithm))!,
                    value => _computed = Convert.ToBase64String(value)),
            ])
            : body;
    }

    /// <summary>The bytes to store.</summary>
    public Stream Body { get; }

    /// <summary>What the sender states, else CRC64NVME as on S3.</summary>
    public static KeptChecksum Of(S3Body body) => Of(
        body, body.Checksum is { } stated ? Algorithm(stated) : ChecksumAlgorithm.Crc64Nvme);

    /// <summary>One of this algorithm, which the sender may have stated.</summary>
    public static KeptChecksum Of(S3Body body, ChecksumAlgorithm algorithm) =>
        new(algorithm, body.Checksum is { } stated && Algorithm(stated) == algorithm ? stated : null, body.Stream);

    /// <summary>Computed over bytes that nobody states anything about.</summary>
    public static KeptChecksum Of(Stream body, ChecksumAlgorithm algorithm) => new(algorithm, null, body);

    public static ChecksumAlgorithm Algorithm(S3Checksum stated) => ChecksumNames.Find(stated.Algorithm)!.Value;

    /// <summary>Known once the body has been read to its end.</summary>
    public ObjectChecksum? Value() =>
        (_stated?.Value ?? _computed) is { } value
            ? new ObjectChecksum(_algorithm, value, IsComposite: false)
            : null;

    public void Dispose()
    {
        if (_stated is null)
        {
            Body.Dispose();
        }
    }
}
