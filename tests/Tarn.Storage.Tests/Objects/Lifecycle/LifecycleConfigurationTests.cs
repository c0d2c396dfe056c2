using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Lifecycle;

namespace Tarn.Storage.Tests.Objects.Lifecycle;

public sealed class LifecycleConfigurationTests
{
    private static readonly DateTimeOffset Put = new(2026, 11, 23, 10, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task Read_DocumentOfVersionThree_IsThoseRules()
    {
        var document = (await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "testdata", "v3", "lifecycle.json"))).TrimEnd();

        var rules = LifecycleConfiguration.Read("lake", document).Rules;

        Assert.Equal(("raw", true, false, 30), (
            rules[0].Id, rules[0].IsEnabled, rules[0].IsOldForm, rules[0].ExpirationDays));
        Assert.Equal(("raw/", 0, 1024), (
            rules[0].Filter.Prefix, rules[0].Filter.SizeGreaterThan, rules[0].Filter.SizeLessThan));
        Assert.Equal("a", rules[0].Filter.Tags!["team"]);
        Assert.Equal((new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), 7, 3, 2), (
            rules[1].ExpirationDate, rules[1].NoncurrentDays, rules[1].NewerNoncurrentVersions,
            rules[1].AbortUploadsAfterDays));
        Assert.True(rules[2].ExpiresDeleteMarkers);
        Assert.Equal(document, new LifecycleConfiguration(rules).Write());
    }

    [Fact]
    public void Read_WhatIsNoDocument_IsDamagedAndNamesTheBucket()
    {
        var failure = Assert.Throws<TarnException>(() => LifecycleConfiguration.Read("lake", "[]"));

        Assert.Equal(ErrorKind.Damaged, failure.Kind);
        Assert.Contains("'lake'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-01-15T10:30:00Z", 3, "2026-01-19T00:00:00Z")]
    [InlineData("2026-01-15T23:59:59Z", 1, "2026-01-17T00:00:00Z")]
    [InlineData("2026-01-15T00:00:00Z", 1, "2026-01-17T00:00:00Z")]
    [InlineData("2026-02-28T12:00:00Z", 1, "2026-03-02T00:00:00Z")]
    [InlineData("2026-01-15T02:00:00+05:00", 1, "2026-01-16T00:00:00Z")]
    public void Days_AreRoundedUpToTheNextMidnight(string start, int days, string end) =>
        Assert.Equal(Time(end), LifecycleDays.After(Time(start), days));

    [Fact]
    public void Days_MoreThanThereAre_IsNever() =>
        Assert.Equal(DateTimeOffset.MaxValue, LifecycleDays.After(Put, int.MaxValue));

    [Fact]
    public void Expiry_OfSeveralRules_IsTheEarliest()
    {
        var rules = new LifecycleConfiguration(
        [
            Rule("late") with { ExpirationDays = 10 },
            Rule("early") with { ExpirationDays = 2 },
            Rule("off") with { ExpirationDays = 1, IsEnabled = false },
            Rule("elsewhere") with { ExpirationDays = 1, Filter = Any with { Prefix = "other/" } },
        ]);

        Assert.Equal(new LifecycleExpiry(Time("2026-11-26T00:00:00Z"), "early"), rules.ExpiryOf(Object("raw/a", 5)));
    }

    [Theory]
    [InlineData("raw/a", 11, "a", true)]
    [InlineData("raw/a", 10, "a", false)]
    [InlineData("raw/a", 20, "a", false)]
    [InlineData("raw/a", 11, "b", false)]
    [InlineData("raw", 11, "a", false)]
    public void Filter_HasToFitWhole(string key, long size, string team, bool fits)
    {
        var filter = new LifecycleFilter("raw/", new Dictionary<string, string> { ["team"] = "a" }, 10, 20);
        var info = Object(key, size) with
        {
            Attributes = new ObjectAttributes
            {
                Tags = new Dictionary<string, string> { ["team"] = team, ["more"] = "x" },
            },
        };

        Assert.Equal(fits, filter.Fits(info));
    }

    [Fact]
    public void Prefixes_AreTheLeastThatCoverAllRules()
    {
        var rules = new LifecycleConfiguration(
        [
            Rule("1") with { Filter = Any with { Prefix = "raw/2026/" } },
            Rule("2") with { Filter = Any with { Prefix = "raw/" } },
            Rule("3") with { Filter = Any with { Prefix = "a" } },
            Rule("4") with { Filter = Any with { Prefix = "z" }, IsEnabled = false },
        ]);

        Assert.Equal(["a", "raw/"], LifecyclePrefixes.Of(rules, _ => true));
        Assert.Equal(["raw/2026/"], LifecyclePrefixes.Of(rules, rule => rule.Id == "1"));
    }

    private static LifecycleFilter Any { get; } = new(null, null, null, null);

    private static LifecycleRule Rule(string id) => new(id, IsEnabled: true, IsOldForm: false, Any);

    private static ObjectInfo Object(string key, long size) =>
        new(new ObjectKey("lake", key), size, "etag", Put, ObjectAttributes.None);

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
