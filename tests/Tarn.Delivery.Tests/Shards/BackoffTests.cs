using Tarn.Delivery.Shards;

namespace Tarn.Delivery.Tests.Shards;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 250)]
    [InlineData(2, 500)]
    [InlineData(4, 2000)]
    [InlineData(8, 30_000)]
    [InlineData(1_000_000, 30_000)]
    public void Delay_AfterFailuresInARow_DoublesUpToTheMost(int failures, int milliseconds) => Assert.Equal(
        TimeSpan.FromMilliseconds(milliseconds),
        Backoff.Delay(failures, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(30)));
}
