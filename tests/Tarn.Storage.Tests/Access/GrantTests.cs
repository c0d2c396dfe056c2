using Tarn.Storage.Access;

namespace Tarn.Storage.Tests.Access;

public sealed class GrantTests
{
    [Theory]
    // a grant on a whole bucket
    [InlineData("read lake", "s3:GetObject lake a/b", true)]
    [InlineData("read lake", "s3:ListBucket lake prefix=", true)]
    [InlineData("read lake", "s3:GetBucketTagging lake", true)]
    [InlineData("read lake", "s3:PutObject lake a/b", false)]
    [InlineData("read lake", "s3:GetObject lake2 a/b", false)]
    [InlineData("read lake", "s3:GetBucketPolicy lake", false)]
    [InlineData("write lake", "s3:GetObject lake a/b", true)]
    [InlineData("write lake", "s3:PutObject lake a/b", true)]
    [InlineData("write lake", "s3:DeleteObject lake a/b", true)]
    [InlineData("write lake", "s3:AbortMultipartUpload lake a/b", true)]
    [InlineData("write lake", "s3:DeleteBucket lake", false)]
    [InlineData("write lake", "s3:PutBucketPolicy lake", false)]
    [InlineData("write lake", "s3:PutObjectAcl lake a/b", false)]
    [InlineData("admin lake", "s3:PutObject lake a/b", true)]
    [InlineData("admin lake", "s3:PutBucketPolicy lake", true)]
    [InlineData("admin lake", "s3:CreateBucket lake", true)]
    [InlineData("admin lake", "s3:DeleteBucket lake", true)]
    [InlineData("admin lake", "s3:CreateBucket lake2", false)]
    // a prefix ends at a slash, or with the key
    [InlineData("read lake/logs", "s3:GetObject lake logs", true)]
    [InlineData("read lake/logs", "s3:GetObject lake logs/", true)]
    [InlineData("read lake/logs", "s3:GetObject lake logs/2026/a", true)]
    [InlineData("read lake/logs", "s3:GetObject lake logs-old/a", false)]
    [InlineData("read lake/logs", "s3:GetObject lake Logs/a", false)]
    [InlineData("read lake/logs", "s3:GetObject lake log", false)]
    [InlineData("read lake/logs/", "s3:GetObject lake logs/a", true)]
    [InlineData("read lake/logs/", "s3:GetObject lake logs/", true)]
    [InlineData("read lake/logs/", "s3:GetObject lake logs", false)]
    [InlineData("read lake/logs/", "s3:GetObject lake logs-old", false)]
    [InlineData("read lake/*", "s3:GetObject lake logs/a", false)]
    [InlineData("read lake/a/../b", "s3:GetObject lake b", false)]
    // a listing must lie below it
    [InlineData("read lake/logs", "s3:ListBucket lake prefix=logs/", true)]
    [InlineData("read lake/logs", "s3:ListBucket lake prefix=logs/2026", true)]
    [InlineData("read lake/logs", "s3:ListBucket lake prefix=logs", false)]
    [InlineData("read lake/logs", "s3:ListBucket lake prefix=", false)]
    [InlineData("read lake/logs/", "s3:ListBucket lake prefix=logs/", true)]
    [InlineData("read lake/logs/", "s3:ListBucket lake prefix=logs", false)]
    [InlineData("read lake/logs/", "s3:ListBucketVersions lake prefix=lo", false)]
    [InlineData("read lake/logs/", "s3:ListBucket lake", true)]
    [InlineData("read lake/logs/", "s3:GetBucketLocation lake", true)]
    [InlineData("read lake/logs/", "s3:GetBucketLocation lake2", false)]
    // the bucket's settings are no part of it
    [InlineData("read lake/logs/", "s3:GetBucketTagging lake", false)]
    [InlineData("admin lake/logs/", "s3:PutBucketPolicy lake", false)]
    [InlineData("admin lake/logs/", "s3:DeleteBucket lake", false)]
    [InlineData("admin lake/logs/", "s3:PutObject lake logs/a", true)]
    // which buckets are shown
    [InlineData("read lake/logs/", "s3:ListAllMyBuckets lake", true)]
    [InlineData("read lake/logs/", "s3:ListAllMyBuckets lake2", false)]
    // actions that the table does not have
    [InlineData("admin lake", "s3:BypassGovernanceRetention lake a", false)]
    [InlineData("admin lake", "kinesis:PutRecord lake a", false)]
    public async Task Decide_OneGrant_AllowsWhatItCovers(string granted, string wanted, bool isAllowed)
    {
        using var scene = await UsersScene.OpenAsync();
        await scene.Users.CreateAsync("ann", given: null, default);
        await scene.Users.CreateAsync("bob", given: null, default);
        var (level, place) = (granted.Split(' ')[0], granted.Split(' ')[1].Split('/', 2));
        var prefixed = place.ElementAtOrDefault(1) ?? "";
        await scene.Users.GrantAsync(
            new Grant("ann", Enum.Parse<GrantLevel>(level, ignoreCase: true), place[0], prefixed), default);

        var words = wanted.Split(' ');
        var about = words.ElementAtOrDefault(2) ?? "";
        var isListing = about.StartsWith("prefix=", StringComparison.Ordinal);
        var prefix = isListing ? about["prefix=".Length..] : null;
        var decision = scene.Decide("ann", words[0], words[1], isListing ? "" : about, prefix);
        Assert.Equal(isAllowed, decision.IsAllowed);
        Assert.NotEmpty(decision.Reason);
        Assert.False(scene.Decide("bob", words[0], words[1], isListing ? "" : about, prefix).IsAllowed);
        Assert.True(scene.Decide("root", words[0], words[1], isListing ? "" : about, prefix).IsAllowed);
    }

    [Fact]
    public async Task Decide_AfterRevoke_IsDenied()
    {
        using var scene = await UsersScene.OpenAsync();
        await scene.Users.CreateAsync("ann", given: null, default);
        await scene.Users.GrantAsync(new Grant("ann", GrantLevel.Read, "lake", "a/"), default);
        await scene.Users.GrantAsync(new Grant("ann", GrantLevel.Write, "lake", "b/"), default);
        await scene.Users.RevokeAsync("ann", "lake", "a/", default);
        Assert.False(scene.Decide("ann", "s3:GetObject", "lake", "a/x").IsAllowed);
        Assert.True(scene.Decide("ann", "s3:GetObject", "lake", "b/x").IsAllowed);
    }

    [Fact]
    public async Task Decide_ListOfBuckets_IsForUsersThatExist()
    {
        using var scene = await UsersScene.OpenAsync();
        await scene.Users.CreateAsync("ann", given: null, default);
        Assert.True(scene.Decide("ann", "s3:ListAllMyBuckets", "").IsAllowed);
        Assert.False(scene.Decide("bob", "s3:ListAllMyBuckets", "").IsAllowed);
    }

    [Fact]
    public void Actions_OfTheTable_AreEachThereOnce()
    {
        Assert.Equal(ActionTable.All.Count, ActionTable.All.Select(rule => rule.Name).Distinct().Count());
        Assert.All(ActionTable.All, rule => Assert.Same(rule, ActionTable.Find(rule.Name)));
    }
}
