using Microsoft.Extensions.Time.Testing;
using Tarn.Console.Access;

namespace Tarn.Console.Tests.Access;

public sealed class SignInThrottleTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Fail_Repeated_WaitsLonger()
    {
        var throttle = new SignInThrottle(_time);
        await AssertAnswerAfterAsync(throttle, TimeSpan.FromMilliseconds(250));
        await AssertAnswerAfterAsync(throttle, TimeSpan.FromMilliseconds(500));
        await AssertAnswerAfterAsync(throttle, TimeSpan.FromSeconds(1));
        throttle.Succeed();
        await AssertAnswerAfterAsync(throttle, TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public async Task Fail_ManyAtOnce_TurnsFurtherAway()
    {
        var throttle = new SignInThrottle(_time);
        var waiting = Enumerable.Range(0, 4).Select(_ => throttle.FailAsync(default)).ToList();

        Assert.True(throttle.IsFull);
        _time.Advance(SignInThrottle.DelayMax);
        await Task.WhenAll(waiting);
        Assert.False(throttle.IsFull);
    }

    private async Task AssertAnswerAfterAsync(SignInThrottle throttle, TimeSpan delay)
    {
        var answer = throttle.FailAsync(default);
        _time.Advance(delay - TimeSpan.FromMilliseconds(1));
        Assert.False(answer.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await answer;
    }
}
