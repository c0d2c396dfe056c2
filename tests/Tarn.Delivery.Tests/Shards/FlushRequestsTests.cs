using Tarn.Delivery.Shards;
using Tarn.Primitives.Identity;

namespace Tarn.Delivery.Tests.Shards;

public sealed class FlushRequestsTests
{
    private readonly FlushRequests _requests = new();

    [Fact]
    public void CompleteBelow_AnswersThoseWhoWaitForLess()
    {
        var early = _requests.AddAsync(new SequenceNumber(10));
        var late = _requests.AddAsync(new SequenceNumber(11));

        _requests.CompleteBelow(new SequenceNumber(10));

        Assert.True(early.IsCompletedSuccessfully);
        Assert.False(late.IsCompleted);
    }

    [Fact]
    public void Complete_AnswersOnlyThoseTakenBefore()
    {
        var before = _requests.AddAsync(new SequenceNumber(10));
        var taken = _requests.Take();
        var after = _requests.AddAsync(new SequenceNumber(10));

        _requests.Complete(taken);

        Assert.True(before.IsCompletedSuccessfully);
        Assert.False(after.IsCompleted);
    }

    [Fact]
    public void Asked_CompletesForRequestsSinceTheLastTake()
    {
        _ = _requests.AddAsync(new SequenceNumber(1));
        Assert.True(_requests.Asked.IsCompleted);

        _requests.Take();
        Assert.False(_requests.Asked.IsCompleted);

        _ = _requests.AddAsync(new SequenceNumber(1));
        Assert.True(_requests.Asked.IsCompleted);
    }

    [Fact]
    public async Task Close_FailsAllAndThoseAfter()
    {
        var before = _requests.AddAsync(new SequenceNumber(1));

        _requests.Close(new InvalidOperationException("closed"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => before);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _requests.AddAsync(new SequenceNumber(1)));
    }
}
