using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Lifecycle;

namespace Tarn.Storage.Tests.Objects.Lifecycle;

public sealed class LifecycleRunnerTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private TestLake? _opened;

    private TestLake Lake => _opened!;

    private FakeTimeProvider Clock => (FakeTimeProvider)Lake.Clock;

    public async Task InitializeAsync()
    {
        _opened = await TestLake.OpenAsync();
        await Lake.StopSettlingAsync();
        foreach (var bucket in (string[])["lake", "kept"])
        {
            await Lake.Storage.Objects.CreateBucketAsync(bucket, None);
        }

        await Lake.Storage.Lifecycle.SetAsync(
            "lake",
            new LifecycleConfiguration(
            [
                new("all", IsEnabled: true, IsOldForm: false, new LifecycleFilter(null, null, null, null))
                {
                    ExpirationDays = 1,
                },
            ]),
            None);
    }

    public async Task DisposeAsync() => await Lake.DisposeAsync();

    [Fact]
    public async Task RunsAtStartAndAtEachInterval()
    {
        await PutAsync("lake", "a");
        await PutAsync("kept", "a");
        Clock.Advance(TimeSpan.FromDays(3));
        using var runner = NewRunner();

        await runner.StartAsync(None);
        await UntilGoneAsync("a");

        await PutAsync("lake", "b");
        Clock.Advance(TimeSpan.FromMinutes(59));
        await PutAsync("lake", "c");
        for (var hour = 0; hour < 48; hour++)
        {
            Clock.Advance(TimeSpan.FromHours(1));
        }

        await UntilGoneAsync("b");
        await UntilGoneAsync("c");
        await runner.StopAsync(None);
        Assert.NotNull(await Lake.Storage.Objects.FindAsync(new ObjectKey("kept", "a"), None));
    }

    [Fact]
    public async Task Stop_EndsTheRuns()
    {
        using var runner = NewRunner();
        await runner.StartAsync(None);
        await runner.StopAsync(None);
        await PutAsync("lake", "a");

        Clock.Advance(TimeSpan.FromDays(5));

        Assert.NotNull(await Lake.Storage.Objects.FindAsync(new ObjectKey("lake", "a"), None));
    }

    private LifecycleRunner NewRunner() => new(
        new Lazy<IStores>(Lake.Storage), TimeSpan.FromHours(1), Clock, NullLogger<LifecycleRunner>.Instance);

    private Task<ObjectInfo> PutAsync(string bucket, string key) => Lake.Storage.Objects.PutAsync(
        new ObjectKey(bucket, key), new MemoryStream(Encoding.UTF8.GetBytes("x")), ObjectAttributes.None, None);

    private async Task UntilGoneAsync(string key)
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await Lake.Storage.Objects.FindAsync(new ObjectKey("lake", key), None) is not null)
        {
            await Task.Delay(2, giveUp.Token);
        }
    }
}
