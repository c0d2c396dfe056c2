using Tarn.Storage.Objects.Buckets;

namespace Tarn.Storage.Tests.Access;

/// <summary>Settings of buckets, as a test sets them.</summary>
internal sealed class FixedSettings : IBucketSettings
{
    private readonly Dictionary<(string, BucketSetting), string> _documents = [];

    public string? Find(string bucket, BucketSetting setting) => _documents.GetValueOrDefault((bucket, setting));

    public Task SetAsync(string bucket, BucketSetting setting, string? document, CancellationToken cancellation)
    {
        if (document is null)
        {
            _documents.Remove((bucket, setting));
        }
        else
        {
            _documents[(bucket, setting)] = document;
        }

        return Task.CompletedTask;
    }
}
