using Microsoft.Extensions.Time.Testing;
using Tarn.Console.Access;

namespace Tarn.Console.Tests.Access;

public sealed class LifetimeTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Ticket_OlderThanAMinute_IsWorthNothing()
    {
        var tickets = new SignInTickets(_time);
        var (fresh, _) = tickets.Issue("key", "/");
        _time.Advance(SignInTickets.Lifetime - TimeSpan.FromSeconds(1));
        var (old, _) = tickets.Issue("key", "/");
        Assert.NotNull(tickets.Redeem(fresh));
        _time.Advance(SignInTickets.Lifetime);

        Assert.Null(tickets.Redeem(old));
    }

    [Fact]
    public void Session_AfterTwelveHours_HasEnded()
    {
        using var sessions = new BrowserSessions(_time);
        var id = sessions.Begin("key");
        var ended = sessions.Find(id)!.Ended;
        _time.Advance(BrowserSessions.Lifetime);

        Assert.Null(sessions.Find(id));
        Assert.True(ended.IsCancellationRequested);
    }

    [Fact]
    public void Session_PastTheBound_EndsTheOldest()
    {
        using var sessions = new BrowserSessions(_time);
        var first = sessions.Begin("key");
        for (var i = 0; i < 1000; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            sessions.Begin("key");
        }

        Assert.Null(sessions.Find(first));
    }

    [Theory]
    [InlineData("/sql?x=1", true)]
    [InlineData("/", true)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("http://evil.example", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsLocal_Path_TellsOwnFromForeign(string? path, bool isLocal) =>
        Assert.Equal(isLocal, LocalPath.IsLocal(path));
}
