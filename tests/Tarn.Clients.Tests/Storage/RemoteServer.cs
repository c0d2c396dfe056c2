using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using Tarn.Clients.Tests.Servers;
using Tarn.Primitives.Identity;
using Tarn.Storage;
using Tarn.Storage.Access;
using Tarn.Storage.Objects.Remote;

namespace Tarn.Clients.Tests.Storage;

/// <summary>
/// The S3 service behind the stores of a class of tests: a second Tarn, or the one that TARN_TEST_STORAGE names
/// (<c>s3://bucket/prefix?endpoint=...</c>, keys in TARN_TEST_STORAGE_KEY as <c>id:secret</c>), such as a radosgw.
/// </summary>
public sealed class RemoteServer : IAsyncLifetime
{
    private const string Bucket = "storage-of-tests";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tarn-remote-");
    private TarnServerProcess? _server;
    private RemoteStorageOptions _options = null!;
    private int _prefixes;

    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("TARN_TEST_STORAGE") is { } storage)
        {
            var pair = Environment.GetEnvironmentVariable("TARN_TEST_STORAGE_KEY")!.Split(':', 2);
            _options = new RemoteStorageOptions
            {
                Location = RemoteLocation.Parse(storage), AccessKeyId = pair[0], Secret = pair[1],
            };
            return;
        }

        _server = await TarnServerProcess.StartAsync("--data", Path.Combine(_directory.FullName, "data"));
        _options = new RemoteStorageOptions
        {
            Location = new RemoteLocation(Bucket, "", _server.Aws, "us-east-1"),
            AccessKeyId = _server.AccessKeyId,
            Secret = _server.Secret,
        };
        using var s3 = new AmazonS3Client(
            new BasicAWSCredentials(_server.AccessKeyId, _server.Secret),
            new AmazonS3Config { ServiceURL = _server.Aws.ToString(), ForcePathStyle = true });
        await s3.PutBucketAsync(Bucket);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _directory.Delete(recursive: true);
    }

    /// <summary>Below a prefix that nothing else uses.</summary>
    internal RemoteStorageOptions FreshPrefix()
    {
        var prefix = $"{_options.Location.Prefix}/{Guid.NewGuid():N}".TrimStart('/');
        return _options with { Location = _options.Location with { Prefix = prefix } };
    }

    /// <summary>Stores that keep their objects there, in a new data directory of their own.</summary>
    internal ServiceProvider Open(RemoteStorageOptions options) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddSingleton(IdSource.System)
        .AddStorage(new StorageOptions
        {
            DataDirectory = Path.Combine(_directory.FullName, $"store-{Interlocked.Increment(ref _prefixes)}"),
            RootKey = new AccessKey("TARNROOTKEY00000", "only-for-tests", "root"),
            Remote = options,
        })
        .BuildServiceProvider();
}
