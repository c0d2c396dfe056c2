using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using Tarn.Primitives.Identity;
using Tarn.Storage;
using Tarn.Storage.Access;
using Tarn.Storage.Objects.Remote;
using Tarn.Storage.Tests.Objects;

namespace Tarn.Clients.Tests.Storage;

/// <summary>A running S3 service with a bucket, below which stores keep their objects.</summary>
public abstract class S3Service : IAsyncLifetime
{
    private const string Bucket = "storage-of-tests";

    private RemoteStorageOptions? _options;
    private int _stores;

    /// <summary>What stores over it lack, because it does.</summary>
    internal abstract StoreTraits Traits { get; }

    /// <summary>Removed in the end, with what the service keeps there.</summary>
    protected DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("tarn-remote-");

    public abstract Task InitializeAsync();

    public async Task DisposeAsync()
    {
        await StopAsync();
        Folder.Delete(recursive: true);
    }

    /// <summary>Below a prefix that nothing else uses.</summary>
    internal RemoteStorageOptions FreshPrefix() => _options! with
    {
        Location = _options.Location with { Prefix = $"below/{Guid.NewGuid():N}" },
    };

    /// <summary>A new data directory.</summary>
    internal string NewDirectory() =>
        Path.Combine(Folder.FullName, $"store-{Interlocked.Increment(ref _stores)}");

    /// <summary>Stores that keep their objects there, in a new data directory of their own.</summary>
    internal ServiceProvider Open(RemoteStorageOptions options) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddSingleton(IdSource.System)
        .AddStorage(new StorageOptions
        {
            DataDirectory = NewDirectory(),
            RootKey = new AccessKey("TARNROOTKEY00000", "only-for-tests", "root"),
            Remote = options,
        })
        .BuildServiceProvider();

    protected abstract Task StopAsync();

    protected async Task MakeBucketAsync(Uri address, string accessKeyId, string secret)
    {
        using var s3 = new AmazonS3Client(
            new BasicAWSCredentials(accessKeyId, secret),
            new AmazonS3Config { ServiceURL = address.ToString(), ForcePathStyle = true });
        await s3.PutBucketAsync(Bucket);
        _options = new RemoteStorageOptions
        {
            Location = new RemoteLocation(Bucket, "", address, "us-east-1"),
            AccessKeyId = accessKeyId,
            Secret = secret,
        };
    }
}
