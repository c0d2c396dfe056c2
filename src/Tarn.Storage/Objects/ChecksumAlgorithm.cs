namespace Tarn.Storage.Objects;

/// <summary>The checksums that S3 knows; AWS's names in their comments.</summary>
public enum ChecksumAlgorithm
{
    /// <summary>CRC32.</summary>
    Crc32,

    /// <summary>CRC32C.</summary>
    Crc32C,

    /// <summary>CRC64NVME.</summary>
    Crc64Nvme,

    /// <summary>SHA1.</summary>
    Sha1,

    /// <summary>SHA256.</summary>
    Sha256,
}
