using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// The S3 service behind the store: its client, and one place where its failures become Tarn's. The SDK repeats what
/// fails for want of the service. Thread-safe.
/// </summary>
internal sealed class RemoteService : IDisposable
{
    private const int RepeatsMax = 3;

    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ConnectTimeMax = TimeSpan.FromSeconds(5);

    private readonly AmazonS3Client _client;
    private readonly string _shown;

    public RemoteService(RemoteStorageOptions options)
    {
        var location = options.Location;
        var config = new AmazonS3Config
        {
            MaxErrorRetry = RepeatsMax,
            RetryMode = RequestRetryMode.Standard,
            Timeout = TimeMax,
            ConnectTimeout = ConnectTimeMax,

            // Content-MD5 is understood by every service; checksums in trailers are not.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (location.Endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(location.Region);
        }
        else
        {
            config.ServiceURL = location.Endpoint.ToString();
            config.AuthenticationRegion = location.Region;
            config.ForcePathStyle = true;
        }

        _client = options is { AccessKeyId: { } id, Secret: { } secret }
            ? new AmazonS3Client(new BasicAWSCredentials(id, secret), config)
            : new AmazonS3Client(config);
        _shown = location.ToString();
        Bucket = location.Bucket;
        Names = new RemoteNames(location.Prefix);
        Abilities = new RemoteAbilities(this);
    }

    /// <summary>The bucket there that holds everything.</summary>
    public string Bucket { get; }

    public RemoteNames Names { get; }

    /// <summary>What the service is seen to honour.</summary>
    public RemoteAbilities Abilities { get; }

    /// <summary>Calls the service; fails with Tarn's exception.</summary>
    /// <param name="doing">Names what was tried.</param>
    public async Task<T> CallAsync<T>(
        string doing, Func<IAmazonS3, CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call(_client, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsFailure(failure, cancellation))
        {
            throw RemoteFailure.Of(failure, doing, _shown);
        }
    }

    /// <summary>The same, with null when there is no such object.</summary>
    public async Task<T?> FindAsync<T>(
        string doing, Func<IAmazonS3, CancellationToken, Task<T>> call, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await call(_client, cancellation).ConfigureAwait(false);
        }
        catch (AmazonS3Exception failure) when (RemoteFailure.IsMissing(failure))
        {
            return null;
        }
        catch (Exception failure) when (IsFailure(failure, cancellation))
        {
            throw RemoteFailure.Of(failure, doing, _shown);
        }
    }

    /// <summary>What a body that broke off becomes.</summary>
    public TarnException Broken(Exception failure, string doing) => RemoteFailure.Of(failure, doing, _shown);

    /// <summary>One page of names there.</summary>
    public Task<ListObjectsV2Response> ListAsync(ListObjectsV2Request request, CancellationToken cancellation)
    {
        request.BucketName = Bucket;
        return CallAsync("listing objects", (s3, stop) => s3.ListObjectsV2Async(request, stop), cancellation);
    }

    public void Dispose()
    {
        Abilities.Dispose();
        _client.Dispose();
    }

    private static bool IsFailure(Exception failure, CancellationToken cancellation) =>
        !cancellation.IsCancellationRequested && RemoteFailure.IsRemote(failure);
}
