using System.Security.Cryptography;

namespace Tarn.Aws.Protocol.Checksums;

/// <summary>One of S3's checksum algorithms over bytes that pass by.</summary>
internal sealed class RunningChecksum : IDisposable
{
    /// <summary>Algorithms by the end of their header's name, <c>x-amz-checksum-…</c>.</summary>
    public static readonly IReadOnlyList<string> Algorithms = ["crc32", "crc32c", "crc64nvme", "sha1", "sha256"];

    private readonly Crc? _crc;
    private readonly IncrementalHash? _hash;
    private ulong _register;

    private RunningChecksum(Crc? crc, IncrementalHash? hash)
    {
        (_crc, _hash) = (crc, hash);
        _register = crc?.Start ?? 0;
    }

    /// <summary>Null for an algorithm that is not S3's.</summary>
    public static RunningChecksum? Create(string algorithm) => algorithm switch
    {
        "crc32" => new RunningChecksum(Crc.Crc32, null),
        "crc32c" => new RunningChecksum(Crc.Crc32C, null),
        "crc64nvme" => new RunningChecksum(Crc.Crc64Nvme, null),
#pragma warning disable CA5350 // S3's protocol offers SHA-1 as a checksum; nothing here trusts it for more
        "sha1" => new RunningChecksum(null, IncrementalHash.CreateHash(HashAlgorithmName.SHA1)),
#pragma warning restore CA5350
        "sha256" => new RunningChecksum(null, IncrementalHash.CreateHash(HashAlgorithmName.SHA256)),
        _ => null,
    };

    public void Append(ReadOnlySpan<byte> data)
    {
        if (_crc is null)
        {
            _hash!.AppendData(data);
        }
        else
        {
            _register = _crc.Append(_register, data);
        }
    }

    /// <summary>The value so far; ends the computation.</summary>
    public byte[] Finish() => _crc is null ? _hash!.GetHashAndReset() : _crc.Finish(_register);

    public void Dispose() => _hash?.Dispose();
}
