using Tarn.Query.Executions;

namespace Tarn.Query.Tests.Executions;

public sealed class FairQueueTests
{
    [Fact]
    public async Task EnterAsync_ManyOfOneAndOneOfAnother_LetsTheOtherComeNext()
    {
        var queue = new FairQueue(1, 100);
        var order = new List<string>();
        var first = await queue.EnterAsync("a", null, CancellationToken.None);
        var others = new[] { "a", "a", "a", "b", "c" }.Select(async (name, i) =>
        {
            using (await queue.EnterAsync(name, null, CancellationToken.None))
            {
                lock (order)
                {
                    order.Add($"{name}{i}");
                }
            }
        }).ToList();

        first.Dispose();
        await Task.WhenAll(others);

        Assert.Equal(["b3", "c4", "a0", "a1", "a2"], order);
    }

    [Fact]
    public async Task EnterAsync_OverTheWorkgroupsOwnLimit_WaitsWhileOthersRun()
    {
        var queue = new FairQueue(10, 100);
        var first = await queue.EnterAsync("a", 1, CancellationToken.None);
        var second = queue.EnterAsync("a", 1, CancellationToken.None);
        using var other = await queue.EnterAsync("b", 1, CancellationToken.None);

        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public async Task EnterAsync_Cancelled_LeavesTheTurnToOthers()
    {
        var queue = new FairQueue(1, 100);
        using var cancel = new CancellationTokenSource();
        var first = await queue.EnterAsync("a", null, CancellationToken.None);
        var left = queue.EnterAsync("a", null, cancel.Token);
        var stays = queue.EnterAsync("a", null, CancellationToken.None);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        first.Dispose();
        first.Dispose();

        using var turn = await stays;
        Assert.True(queue.HasRoom("a"));
    }

    [Fact]
    public async Task HasRoom_AsManyWaitAsMay_IsFalseForThatWorkgroupAlone()
    {
        var queue = new FairQueue(1, 2);
        using var first = await queue.EnterAsync("a", null, CancellationToken.None);
        using var cancel = new CancellationTokenSource();
        var waiting = new[] { queue.EnterAsync("a", null, cancel.Token), queue.EnterAsync("a", null, cancel.Token) };

        Assert.Equal((false, true), (queue.HasRoom("a"), queue.HasRoom("b")));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
        Assert.True(queue.HasRoom("a"));
    }
}
