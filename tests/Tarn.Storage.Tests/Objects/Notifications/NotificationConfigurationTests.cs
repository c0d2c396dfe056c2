using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Notifications;

namespace Tarn.Storage.Tests.Objects.Notifications;

public sealed class NotificationConfigurationTests
{
    [Fact]
    public async Task Read_DocumentOfVersionThree_IsThoseRules()
    {
        var document = (await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "testdata", "v3", "notification.json"))).TrimEnd();

        var rules = NotificationConfiguration.Read("lake", document).Rules;

        Assert.Equal(("new", "arrivals", "raw/", ".json"), (
            rules[0].Id, rules[0].Stream, rules[0].Prefix, rules[0].Suffix));
        Assert.Equal(["s3:ObjectCreated:*", "s3:ObjectRemoved:Delete"], rules[0].Events);
        Assert.Equal(("tagged", null, null), (rules[1].Stream, rules[1].Prefix, rules[1].Suffix));
        Assert.Equal(document, new NotificationConfiguration(rules).Write());
    }

    [Fact]
    public void Read_WhatIsNoDocument_IsDamagedAndNamesTheBucket()
    {
        var failure = Assert.Throws<TarnException>(() => NotificationConfiguration.Read("lake", "{\"rules\":"));

        Assert.Equal(ErrorKind.Damaged, failure.Kind);
        Assert.Contains("'lake'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3:ObjectCreated:*", ObjectEvent.CreatedCopy, true)]
    [InlineData("s3:ObjectCreated:Put", ObjectEvent.CreatedPut, true)]
    [InlineData("s3:ObjectCreated:Put", ObjectEvent.CreatedPost, false)]
    [InlineData("s3:ObjectRemoved:*", ObjectEvent.ExpiredDelete, false)]
    [InlineData("s3:LifecycleExpiration:*", ObjectEvent.ExpiredDelete, true)]
    public void Fits_Pattern_IsThatEvent(string pattern, ObjectEvent what, bool fits)
    {
        Assert.Equal(fits, ObjectEventNames.Fits(pattern, what));
        Assert.Equal(fits, ObjectEventNames.Overlap(pattern, "s3:" + ObjectEventNames.Of(what)));
    }
}
