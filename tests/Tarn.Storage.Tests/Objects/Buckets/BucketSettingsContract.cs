using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Storage.Tests.Objects.Buckets;

/// <summary>What every <see cref="IBucketSettings"/> promises.</summary>
public abstract class BucketSettingsContract : ObjectStoreScene
{
    protected abstract IBucketSettings Settings { get; }

    /// <summary>Closes the store and opens it again, as a new process would.</summary>
    protected abstract Task ReopenAsync();

    [Fact]
    public async Task Set_EverySetting_IsFoundAlsoAfterAReopen()
    {
        foreach (var setting in Enum.GetValues<BucketSetting>())
        {
            Assert.Null(Settings.Find(Bucket, setting));
            await Settings.SetAsync(Bucket, setting, $"{{\"is\":\"{setting}\"}}", None);
        }

        for (var start = 0; start < 2; start++)
        {
            foreach (var setting in Enum.GetValues<BucketSetting>())
            {
                Assert.Equal($"{{\"is\":\"{setting}\"}}", Settings.Find(Bucket, setting));
            }

            await ReopenAsync();
        }
    }

    [Fact]
    public async Task Set_AgainAndNull_ReplacesAndRemoves()
    {
        await Settings.SetAsync(Bucket, BucketSetting.Cors, "1", None);
        await Settings.SetAsync(Bucket, BucketSetting.Policy, "p", None);
        await Settings.SetAsync(Bucket, BucketSetting.Cors, "2", None);
        Assert.Equal("2", Settings.Find(Bucket, BucketSetting.Cors));
        await Settings.SetAsync(Bucket, BucketSetting.Cors, null, None);
        Assert.Null(Settings.Find(Bucket, BucketSetting.Cors));
        Assert.Equal("p", Settings.Find(Bucket, BucketSetting.Policy));
    }

    [Fact]
    public async Task Set_BucketMissing_NoSuchBucket()
    {
        var failure = await Assert.ThrowsAsync<TarnException>(
            () => Settings.SetAsync("missing", BucketSetting.Cors, "{}", None));
        Assert.Equal((ErrorKind.NotFound, "NoSuchBucket"), (failure.Kind, failure.Code));
        Assert.Null(Settings.Find("missing", BucketSetting.Cors));
    }

    [Fact]
    public async Task DeleteBucket_MadeAgain_HasNoSettings()
    {
        await Settings.SetAsync(Bucket, BucketSetting.Policy, "{}", None);
        await Store.DeleteBucketAsync(Bucket, None);
        Assert.Null(Settings.Find(Bucket, BucketSetting.Policy));
        await Store.CreateBucketAsync(Bucket, None);
        await ReopenAsync();
        Assert.Null(Settings.Find(Bucket, BucketSetting.Policy));
    }

    [Fact]
    public async Task Set_ManyAtOnce_MemoryAndDiskAgree()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(
            i => Settings.SetAsync(Bucket, BucketSetting.Tagging, $"{i}", None)));
        var remembered = Settings.Find(Bucket, BucketSetting.Tagging);
        await ReopenAsync();
        Assert.Equal(Settings.Find(Bucket, BucketSetting.Tagging), remembered);
    }
}
