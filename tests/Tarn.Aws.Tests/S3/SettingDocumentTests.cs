using Tarn.Aws.S3.Cors;
using Tarn.Aws.S3.Settings;

namespace Tarn.Aws.Tests.S3;

/// <summary>Documents of settings as the first version wrote them are read, and written the same.</summary>
public sealed class SettingDocumentTests
{
    [Fact]
    public void Read_TagsOfVersionOne_AreThoseTags()
    {
        var tags = BucketTags.Read(Stored("tagging"));

        Assert.Equal("data", tags.Tags["team"]);
        Assert.Equal(Stored("tagging"), tags.Write());
    }

    [Fact]
    public void Read_CorsOfVersionOne_AreThoseRules()
    {
        var cors = CorsConfiguration.Read(Stored("cors"));

        Assert.Equal(("web", 3000), (cors.Rules[0].Id, cors.Rules[0].MaxAgeSeconds));
        Assert.Equal(["GET", "PUT"], cors.Rules[0].AllowedMethods);
        Assert.Equal((null, null), (cors.Rules[1].Id, cors.Rules[1].MaxAgeSeconds));
        Assert.Equal(Stored("cors"), cors.Write());
    }

    [Fact]
    public void Read_PublicAccessBlockOfVersionOne_IsThatOne()
    {
        var blocked = BlockedPublicAccess.Read(Stored("public-access-block"));

        Assert.Equal(new BlockedPublicAccess(true, false, true, false), blocked);
        Assert.Equal(Stored("public-access-block"), blocked.Write());
    }

    private static string Stored(string setting) => File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "testdata", "v1", setting + ".json")).TrimEnd();
}
