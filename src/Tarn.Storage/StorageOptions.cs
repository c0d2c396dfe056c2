using Tarn.Storage.Objects.Remote;

namespace Tarn.Storage;

/// <summary>Where the embedded stores keep their files.</summary>
public sealed record StorageOptions
{
    /// <summary>Absolute path; <c>metadata.db</c>, <c>objects/</c> and <c>staging/</c> lie in it.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The S3 service that keeps the objects; null: <c>objects/</c> of the data directory.</summary>
    public RemoteStorageOptions? Remote { get; init; }

    /// <summary>How often lifecycle rules are carried out, beside the start.</summary>
    public TimeSpan LifecycleInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The key that may do everything.</summary>
    public required Access.AccessKey RootKey { get; init; }
}
