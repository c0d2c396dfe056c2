using Tarn.Primitives.Errors;
using Tarn.Storage.Access;
using Tarn.Storage.Metadata;
using Tarn.Testing;

namespace Tarn.Storage.Tests.Access;

public sealed class UsersTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly GivenKey Given = new("MYOWNKEYMYOWNKEY", "my+own/secret=");

    [Fact]
    public async Task Create_WithoutKey_MakesOneThatAnswers()
    {
        using var scene = await UsersScene.OpenAsync();
        var key = await scene.Users.CreateAsync("ann", given: null, None);
        Assert.Matches("^AKIA[A-Z2-7]{16}$", key.AccessKeyId);
        Assert.Matches("^[A-Za-z0-9]{40}$", key.Secret);
        Assert.Equal(key, scene.Keys.Find(key.AccessKeyId));
        Assert.Equal("root", scene.Keys.Find("ROOTROOTROOTROOTROOT")!.UserName);
        Assert.Null(scene.Keys.Find(key.AccessKeyId.ToLowerInvariant()));

        var another = await scene.Users.CreateAsync("bob", given: null, None);
        Assert.NotEqual(key.AccessKeyId, another.AccessKeyId);
        Assert.NotEqual(key.Secret, another.Secret);
    }

    [Fact]
    public async Task Changes_LoadedAgain_AreThere()
    {
        using var scene = await UsersScene.OpenAsync();
        await scene.Users.CreateAsync("ann", Given, None);
        var second = await scene.Users.AddKeyAsync("ann", given: null, None);
        var third = await scene.Users.AddKeyAsync("ann", given: null, None);
        await scene.Users.SetKeyActiveAsync("ann", second.AccessKeyId, isActive: false, None);
        await scene.Users.RemoveKeyAsync("ann", third.AccessKeyId, None);
        await scene.Users.GrantAsync(new Grant("ann", GrantLevel.Read, "lake", ""), None);
        await scene.Users.GrantAsync(new Grant("ann", GrantLevel.Write, "lake", "in/ä b//c/"), None);
        await scene.Users.GrantAsync(new Grant("ann", GrantLevel.Admin, "lake", ""), None);

        for (var start = 1; start <= 2; start++)
        {
            var user = Assert.Single(scene.Users.List());
            Assert.Equal(scene.Time.GetUtcNow(), user.CreatedAt);
            Assert.Equal(
                [(Given.AccessKeyId, true), (second.AccessKeyId, false)],
                user.Keys.Select(key => (key.AccessKeyId, key.IsActive)));
            Assert.Equal(new AccessKey(Given.AccessKeyId, Given.Secret, "ann"), scene.Keys.Find(Given.AccessKeyId));
            Assert.Null(scene.Keys.Find(second.AccessKeyId));
            Assert.Null(scene.Keys.Find(third.AccessKeyId));
            Assert.Equal(
                [
                    new Grant("ann", GrantLevel.Admin, "lake", ""),
                    new Grant("ann", GrantLevel.Write, "lake", "in/ä b//c/"),
                ],
                scene.Users.ListGrants());
            await scene.ReloadAsync();
        }

        await scene.Users.SetKeyActiveAsync("ann", second.AccessKeyId, isActive: true, None);
        Assert.NotNull(scene.Keys.Find(second.AccessKeyId));
    }

    [Fact]
    public async Task Delete_User_TakesKeysAndGrantsAlong()
    {
        using var scene = await UsersScene.OpenAsync();
        foreach (var name in new[] { "ann", "ann2" })
        {
            await scene.Users.CreateAsync(name, given: null, None);
            await scene.Users.GrantAsync(new Grant(name, GrantLevel.Read, "lake", "a/"), None);
        }

        await scene.Users.DeleteAsync("ann", None);
        for (var start = 1; start <= 2; start++)
        {
            Assert.Equal("ann2", Assert.Single(scene.Users.List()).Name);
            Assert.Equal("ann2", Assert.Single(scene.Users.ListGrants()).UserName);
            await scene.ReloadAsync();
        }

        await scene.Users.CreateAsync("ann", given: null, None);
        Assert.Empty(scene.Users.State.GrantsOf("ann"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("ann\n")]
    [InlineData("root")]
    [InlineData("Root")]
    public async Task Create_NameThatIsNone_IsRefused(string name)
    {
        using var scene = await UsersScene.OpenAsync();
        var refused = await Assert.ThrowsAsync<TarnException>(() => scene.Users.CreateAsync(name, null, None));
        Assert.Equal(ErrorKind.Invalid, refused.Kind);
        Assert.Empty(scene.Users.List());
    }

    [Theory]
    [InlineData("SHORT", "long enough")]
    [InlineData("MYOWNKEYMYOWNKE-", "longenough")]
    [InlineData("MYOWNKEYMYOWNKEY", "short")]
    [InlineData("MYOWNKEYMYOWNKEY", "with spaces in it")]
    [InlineData("MYOWNKEYMYOWNKEY", "with-ümlaut")]
    public async Task Create_KeyThatIsNone_IsRefusedWithoutItsSecret(string id, string secret)
    {
        using var scene = await UsersScene.OpenAsync();
        var refused = await Assert.ThrowsAsync<TarnException>(
            () => scene.Users.CreateAsync("ann", new GivenKey(id, secret), None));
        Assert.Equal(ErrorKind.Invalid, refused.Kind);
        Assert.DoesNotContain(secret, refused.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WhatIsTaken_IsRefused()
    {
        using var scene = await UsersScene.OpenAsync();
        await scene.Users.CreateAsync("ann", Given, None);
        Assert.Equal(ErrorKind.AlreadyExists, await KindAsync(scene.Users.CreateAsync("ann", null, None)));
        Assert.Equal(ErrorKind.AlreadyExists, await KindAsync(scene.Users.CreateAsync("ANN", null, None)));
        Assert.Equal(ErrorKind.AlreadyExists, await KindAsync(scene.Users.CreateAsync("bob", Given, None)));
        var roots = new GivenKey(UsersScene.Root.AccessKeyId, "another-secret");
        Assert.Equal(ErrorKind.AlreadyExists, await KindAsync(scene.Users.AddKeyAsync("ann", roots, None)));
        Assert.Equal("the-root-secret", scene.Keys.Find(roots.AccessKeyId)!.Secret);
    }

    [Fact]
    public async Task Change_WhatIsAbsent_IsNotFound()
    {
        using var scene = await UsersScene.OpenAsync();
        await scene.Users.CreateAsync("ann", Given, None);
        var users = scene.Users;
        Assert.Equal(ErrorKind.NotFound, await KindAsync(users.DeleteAsync("anna", None)));
        Assert.Equal(ErrorKind.NotFound, await KindAsync(users.AddKeyAsync("anna", null, None)));
        Assert.Equal(ErrorKind.NotFound, await KindAsync(users.RemoveKeyAsync("ann", "NOSUCHKEYNOSUCHK", None)));
        Assert.Equal(ErrorKind.NotFound, await KindAsync(users.SetKeyActiveAsync("ann", "NO", isActive: true, None)));
        Assert.Equal(ErrorKind.NotFound, await KindAsync(users.RevokeAsync("ann", "lake", "", None)));
        var grant = new Grant("anna", GrantLevel.Read, "lake", "");
        Assert.Equal(ErrorKind.NotFound, await KindAsync(users.GrantAsync(grant, None)));
        var bucket = grant with { UserName = "ann", Bucket = "No_Bucket" };
        Assert.Equal(ErrorKind.Invalid, await KindAsync(users.GrantAsync(bucket, None)));
        var prefix = grant with { UserName = "ann", Prefix = new string('x', 1025) };
        Assert.Equal(ErrorKind.Invalid, await KindAsync(users.GrantAsync(prefix, None)));
    }

    [Fact]
    public async Task AddKey_OneTooMany_IsRefused()
    {
        using var scene = await UsersScene.OpenAsync();
        await scene.Users.CreateAsync("ann", given: null, None);
        for (var key = 2; key <= AccessRules.KeysMax; key++)
        {
            await scene.Users.AddKeyAsync("ann", given: null, None);
        }

        Assert.Equal(ErrorKind.LimitExceeded, await KindAsync(scene.Users.AddKeyAsync("ann", null, None)));
        Assert.Equal(AccessRules.KeysMax, scene.Users.Find("ann")!.Keys.Length);
    }

    [Theory]
    [InlineData("apply:before:", 0)]
    [InlineData("apply:after:", 1)]
    public async Task Create_StoreFails_MemoryIsWhatIsStored(string point, int users)
    {
        var faults = Faults.Where(name => name.StartsWith(point, StringComparison.Ordinal));
        using var scene = await UsersScene.OpenAsync(new FaultyMetadataStore(new InMemoryMetadataStore(), faults));
        await Assert.ThrowsAnyAsync<Exception>(() => scene.Users.CreateAsync("ann", Given, None));
        for (var start = 1; start <= 2; start++)
        {
            Assert.Equal(users, scene.Users.List().Count);
            Assert.Equal(users == 1, scene.Keys.Find(Given.AccessKeyId) is not null);
            await scene.ReloadAsync();
        }
    }

    [Fact]
    public async Task Load_LaterLayout_IsDamaged()
    {
        var store = new InMemoryMetadataStore();
        await store.ApplyAsync(
            [MetadataChange.Put("user", "ann", """{"v":2,"created":"2026-11-23","keys":[]}""")], None);
        Assert.Equal(ErrorKind.Damaged, await KindAsync(UsersScene.OpenAsync(store)));
        await store.ApplyAsync(
            [
                MetadataChange.Delete("user", "ann"),
                MetadataChange.Put("grant", "ann/lake", """{"v":1,"level":"own"}"""),
            ],
            None);
        Assert.Equal(ErrorKind.Damaged, await KindAsync(UsersScene.OpenAsync(store)));
    }

    [Fact]
    public void Texts_OfKeys_HaveNoSecret()
    {
        var stored = new StoredUser.Key("ID", "s3cret", Active: true, default);
        var key = new UserKey("ID", "s3cret", IsActive: true, default);
        string[] texts = [new GivenKey("ID", "s3cret").ToString(), key.ToString(), stored.ToString()];
        Assert.All(texts, text => Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal));
    }

    private static async Task<ErrorKind> KindAsync(Task task) =>
        (await Assert.ThrowsAsync<TarnException>(() => task)).Kind;
}
