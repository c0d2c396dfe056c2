using Microsoft.Extensions.Time.Testing;
using Tarn.Commands.Streams;
using Tarn.Primitives.Errors;

namespace Tarn.Tests.Commands.Streams;

/// <summary>What <c>--from</c> takes.</summary>
public sealed class TailStartTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("latest", "latest")]
    [InlineData("beginning", "trim_horizon")]
    [InlineData("90s", "2026-11-23T07:58:30.0000000Z")]
    [InlineData("10m", "2026-11-23T07:50:00.0000000Z")]
    [InlineData("2h", "2026-11-23T06:00:00.0000000Z")]
    [InlineData("1d", "2026-11-22T08:00:00.0000000Z")]
    [InlineData("2026-11-23T08:00:00+01:00", "2026-11-23T07:00:00.0000000Z")]
    public void Parse_OfEachForm_IsWhatTheApiTakes(string text, string start) =>
        Assert.Equal(start, TailStart.Parse(text, clock));

    [Theory]
    [InlineData("now")]
    [InlineData("10w")]
    [InlineData("99999999999d")]
    [InlineData("")]
    public void Parse_OfAnythingElse_SaysWhatMayBeSaid(string text)
    {
        var error = Assert.Throws<TarnException>(() => TailStart.Parse(text, clock));

        Assert.Equal((ErrorKind.Invalid, $"--from '{text}' is not a place to begin"), (error.Kind, error.Message));
        Assert.Contains("10m", error.Hint, StringComparison.Ordinal);
    }
}
