using Tarn.Storage.Objects.Checksums;
using Tarn.Storage.Objects.Local;

namespace Tarn.Storage.Objects.Multipart;

/// <summary>What every store demands of an upload's checksums. Pure.</summary>
internal static class UploadRules
{
    /// <summary>What S3 demands of every part but the last.</summary>
    public const long PartBytesMin = 5 * 1024 * 1024;

    public const int PartNumberMax = 10_000;

    /// <summary>Fails with Invalid when parts cannot make such a checksum.</summary>
    public static void Check(UploadChecksum? checksum)
    {
        var isSha = checksum?.Algorithm is ChecksumAlgorithm.Sha1 or ChecksumAlgorithm.Sha256;
        if (isSha && !checksum!.IsComposite)
            throw UploadErrors.ChecksumKind("SHA-1 and SHA-256 of parts do not combine to that of the whole object");
        if (checksum is { Algorithm: ChecksumAlgorithm.Crc64Nvme, IsComposite: true })
            throw UploadErrors.ChecksumKind("CRC64NVME is of the whole object, never composite");
    }

    /// <summary>
    /// The checksum to keep of a part: what its upload was begun with, or nothing. Fails with Invalid when the sender
    /// states another.
    /// </summary>
    public static ObjectChecksum? OfPart(int number, UploadChecksum? kind, ObjectChecksum? stated)
    {
        if (kind is null)
            return null;
        var name = StoredChecksum.NameOf(kind.Algorithm);
        if (stated is null)
            throw UploadErrors.PartChecksum(number, $"it came without {name}");
        if (stated.Algorithm != kind.Algorithm)
            throw UploadErrors.PartChecksum(
                number, $"it came with {StoredChecksum.NameOf(stated.Algorithm)} instead of {name}");
        var bytes = new byte[PartsChecksum.SizeOf(kind.Algorithm)];
        return Convert.TryFromBase64String(stated.Value, bytes, out var length) && length == bytes.Length
            ? stated
            : throw UploadErrors.PartChecksum(number, $"'{stated.Value}' is not the base64 form of {name}");
    }
}
