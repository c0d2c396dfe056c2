using Tarn.Storage.Access;
using Tarn.Storage.Objects.Buckets;
using Tarn.Storage.Tests.Access.Policies;

namespace Tarn.Storage.Tests.Access;

public sealed class AuthorizationTests
{
    private const string Closed =
        """
        {"blockPublicAcls":true,"ignorePublicAcls":true,"blockPublicPolicy":false,"restrictPublicBuckets":true}
        """;

    [Fact]
    public async Task Decide_WithoutPolicy_AnonymousIsDeniedEverything()
    {
        using var scene = await UsersScene.OpenAsync();
        foreach (var rule in ActionTable.All)
        {
            Assert.False(scene.DecideAnonymous(rule.Name, "lake", "a").IsAllowed);
            Assert.False(scene.DecideAnonymous(rule.Name, "", "").IsAllowed);
        }
    }

    [Fact]
    public async Task Decide_PublicPolicy_LetsEverybodyInUntilItIsTakenAway()
    {
        using var scene = await OpenAsync("A|*|s3:GetObject|/*|");
        Assert.True(scene.DecideAnonymous("s3:GetObject", "lake", "a").IsAllowed);
        Assert.True(scene.Decide("ann", "s3:GetObject", "lake", "a").IsAllowed);
        Assert.False(scene.DecideAnonymous("s3:PutObject", "lake", "a").IsAllowed);
        Assert.False(scene.DecideAnonymous("s3:GetObject", "lake2", "a").IsAllowed);
        Assert.False(scene.DecideAnonymous("s3:ListBucket", "lake", "").IsAllowed);

        await SetAsync(scene, BucketSetting.Policy, PolicyText.Of("A|*|s3:PutObject|/*|"));
        Assert.False(scene.DecideAnonymous("s3:GetObject", "lake", "a").IsAllowed);
        Assert.True(scene.DecideAnonymous("s3:PutObject", "lake", "a").IsAllowed);
        await SetAsync(scene, BucketSetting.Policy, null);
        Assert.False(scene.DecideAnonymous("s3:PutObject", "lake", "a").IsAllowed);
    }

    [Theory]
    [InlineData(Closed, false)]
    [InlineData("{}", false)]
    [InlineData("""{"restrictPublicBuckets":false}""", true)]
    public async Task Decide_PublicAccessBlock_KeepsAnonymousOutAndUsersIn(string document, bool isAnonymousIn)
    {
        using var scene = await OpenAsync("A|*|s3:GetObject|/*|");
        await SetAsync(scene, BucketSetting.PublicAccessBlock, document);
        Assert.Equal(isAnonymousIn, scene.DecideAnonymous("s3:GetObject", "lake", "a").IsAllowed);
        Assert.True(scene.Decide("ann", "s3:GetObject", "lake", "a").IsAllowed);
    }

    [Fact]
    public async Task Decide_PolicyDenies_GrantDoesNotHelpAndRootIsNotBound()
    {
        using var scene = await OpenAsync("D|*|s3:DeleteObject|/kept/*|");
        await scene.Users.GrantAsync(new Grant("ann", GrantLevel.Admin, "lake", ""), default);
        Assert.False(scene.Decide("ann", "s3:DeleteObject", "lake", "kept/a").IsAllowed);
        Assert.True(scene.Decide("ann", "s3:DeleteObject", "lake", "other/a").IsAllowed);
        Assert.True(scene.Decide("root", "s3:DeleteObject", "lake", "kept/a").IsAllowed);
    }

    [Fact]
    public async Task Decide_PolicyAndGrant_EitherAllows()
    {
        using var scene = await OpenAsync("A|ann|s3:PutObject|/in/*|");
        await scene.Users.GrantAsync(new Grant("ann", GrantLevel.Read, "lake", ""), default);
        Assert.True(scene.Decide("ann", "s3:GetObject", "lake", "a").IsAllowed);
        Assert.True(scene.Decide("ann", "s3:PutObject", "lake", "in/a").IsAllowed);
        Assert.False(scene.Decide("ann", "s3:PutObject", "lake", "a").IsAllowed);
    }

    [Fact]
    public async Task Decide_UserIsGone_PolicyForEverybodyDoesNotHelpItsKey()
    {
        using var scene = await OpenAsync("A|*|s3:GetObject|/*|");
        await scene.Users.DeleteAsync("ann", default);
        Assert.False(scene.Decide("ann", "s3:GetObject", "lake", "a").IsAllowed);
    }

    [Fact]
    public async Task Decide_StoredPolicyIsNotUnderstood_DeniesAllButRoot()
    {
        using var scene = await OpenAsync("A|*|s3:GetObject|/*|");
        await scene.Users.GrantAsync(new Grant("ann", GrantLevel.Admin, "lake", ""), default);
        await SetAsync(scene, BucketSetting.Policy, """{"Statement":"later"}""");
        Assert.False(scene.DecideAnonymous("s3:GetObject", "lake", "a").IsAllowed);
        Assert.False(scene.Decide("ann", "s3:GetObject", "lake", "a").IsAllowed);
        Assert.True(scene.Decide("root", "s3:GetObject", "lake", "a").IsAllowed);
    }

    private static async Task<UsersScene> OpenAsync(string statements)
    {
        var scene = await UsersScene.OpenAsync();
        await scene.Users.CreateAsync("ann", given: null, default);
        await SetAsync(scene, BucketSetting.Policy, PolicyText.Of(statements));
        return scene;
    }

    private static Task SetAsync(UsersScene scene, BucketSetting setting, string? document) =>
        scene.Settings.SetAsync("lake", setting, document, default);
}
