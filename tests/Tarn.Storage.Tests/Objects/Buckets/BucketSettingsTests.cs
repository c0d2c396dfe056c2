using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Storage.Tests.Objects.Buckets;

public sealed class BucketSettingsTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private TestLake? _opened;

    private TestLake Lake => _opened!;

    private BucketSettings Settings => Lake.Storage.Settings;

    public async Task InitializeAsync()
    {
        _opened = await TestLake.OpenAsync();
        await Lake.Storage.Objects.CreateBucketAsync("lake", None);
    }

    public async Task DisposeAsync() => await Lake.DisposeAsync();

    [Fact]
    public async Task Set_EverySetting_IsFoundAlsoAfterAReopen()
    {
        foreach (var setting in Enum.GetValues<BucketSetting>())
        {
            Assert.Null(Settings.Find("lake", setting));
            await Settings.SetAsync("lake", setting, $"{{\"is\":\"{setting}\"}}", None);
        }

        for (var start = 0; start < 2; start++)
        {
            foreach (var setting in Enum.GetValues<BucketSetting>())
            {
                Assert.Equal($"{{\"is\":\"{setting}\"}}", Settings.Find("lake", setting));
            }

            await Lake.ReopenAsync();
        }
    }

    [Fact]
    public async Task Set_AgainAndNull_ReplacesAndRemoves()
    {
        await Settings.SetAsync("lake", BucketSetting.Cors, "1", None);
        await Settings.SetAsync("lake", BucketSetting.Policy, "p", None);
        await Settings.SetAsync("lake", BucketSetting.Cors, "2", None);
        Assert.Equal("2", Settings.Find("lake", BucketSetting.Cors));
        await Settings.SetAsync("lake", BucketSetting.Cors, null, None);
        Assert.Null(Settings.Find("lake", BucketSetting.Cors));
        Assert.Equal("p", Settings.Find("lake", BucketSetting.Policy));
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
        await Settings.SetAsync("lake", BucketSetting.Policy, "{}", None);
        await Lake.Storage.Objects.DeleteBucketAsync("lake", None);
        Assert.Null(Settings.Find("lake", BucketSetting.Policy));
        await Lake.Storage.Objects.CreateBucketAsync("lake", None);
        await Lake.ReopenAsync();
        Assert.Null(Settings.Find("lake", BucketSetting.Policy));
    }

    [Fact]
    public async Task Set_ManyAtOnce_MemoryAndDiskAgree()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(
            i => Settings.SetAsync("lake", BucketSetting.Tagging, $"{i}", None)));
        var remembered = Settings.Find("lake", BucketSetting.Tagging);
        await Lake.ReopenAsync();
        Assert.Equal(Settings.Find("lake", BucketSetting.Tagging), remembered);
    }
}
