using System.Net;
using Tarn.Storage.Access;
using Tarn.Storage.Access.Policies;

namespace Tarn.Storage.Tests.Access.Policies;

public sealed class BucketPolicyTests
{
    private const string Account = "000000000000";

    /// <summary>
    /// A request is written as <c>WHO ACTION KEY [prefix=...] [from=...] [tls]</c>; WHO <c>-</c> is anonymous, KEY
    /// <c>-</c> the bucket itself.
    /// </summary>
    [Theory]
    // who
    [InlineData("A|*|s3:GetObject|/*|", "- GetObject a", PolicyVerdict.Allow)]
    [InlineData("A|*|s3:GetObject|/*|", "ann GetObject a", PolicyVerdict.Allow)]
    [InlineData("A|{\"AWS\":\"*\"}|s3:GetObject|/*|", "- GetObject a", PolicyVerdict.Allow)]
    [InlineData("A|ann|s3:GetObject|/*|", "ann GetObject a", PolicyVerdict.Allow)]
    [InlineData("A|ann|s3:GetObject|/*|", "bob GetObject a", PolicyVerdict.Silent)]
    [InlineData("A|ann|s3:GetObject|/*|", "Ann GetObject a", PolicyVerdict.Silent)]
    [InlineData("A|ann|s3:GetObject|/*|", "- GetObject a", PolicyVerdict.Silent)]
    [InlineData("A|ann,bob|s3:GetObject|/*|", "bob GetObject a", PolicyVerdict.Allow)]
    [InlineData("A|account|s3:GetObject|/*|", "ann GetObject a", PolicyVerdict.Silent)]
    [InlineData("D|account|s3:GetObject|/*|", "ann GetObject a", PolicyVerdict.Deny)]
    [InlineData("D|account|s3:GetObject|/*|", "- GetObject a", PolicyVerdict.Silent)]
    // what
    [InlineData("A|*|s3:getobject|/*|", "- GetObject a", PolicyVerdict.Allow)]
    [InlineData("A|*|s3:Get*|/*|", "- GetObjectTagging a", PolicyVerdict.Allow)]
    [InlineData("A|*|s3:Get*|/*|", "- PutObject a", PolicyVerdict.Silent)]
    [InlineData("A|*|s3:?etObject|/*|", "- GetObject a", PolicyVerdict.Allow)]
    [InlineData("A|*|s3:GetObject|/*|", "- GetObjectTagging a", PolicyVerdict.Silent)]
    [InlineData("A|*|s3:*|/*|", "- DeleteObject a", PolicyVerdict.Allow)]
    [InlineData("A|*|*|/*|", "- DeleteObject a", PolicyVerdict.Allow)]
    [InlineData("A|*|s3:PutObject,s3:GetObject|/*|", "- GetObject a", PolicyVerdict.Allow)]
    // with what
    [InlineData("A|*|s3:*|/*|", "- ListBucket -", PolicyVerdict.Silent)]
    [InlineData("A|*|s3:*||", "- ListBucket -", PolicyVerdict.Allow)]
    [InlineData("A|*|s3:*||", "- GetObject a", PolicyVerdict.Silent)]
    [InlineData("A|*|s3:*|,/*|", "- GetObject a/b/c", PolicyVerdict.Allow)]
    [InlineData("A|*|s3:GetObject|/pub/*|", "- GetObject pub/a/b", PolicyVerdict.Allow)]
    [InlineData("A|*|s3:GetObject|/pub/*|", "- GetObject pub/", PolicyVerdict.Allow)]
    [InlineData("A|*|s3:GetObject|/pub/*|", "- GetObject pub", PolicyVerdict.Silent)]
    [InlineData("A|*|s3:GetObject|/pub/*|", "- GetObject Pub/a", PolicyVerdict.Silent)]
    [InlineData("A|*|s3:GetObject|/pub/*|", "- GetObject private/pub/a", PolicyVerdict.Silent)]
    [InlineData("A|*|s3:GetObject|/*.jpg|", "- GetObject a/b.jpg", PolicyVerdict.Allow)]
    [InlineData("A|*|s3:GetObject|/*.jpg|", "- GetObject a/b.jpg.exe", PolicyVerdict.Silent)]
    [InlineData("A|*|s3:GetObject|/a?c|", "- GetObject abc", PolicyVerdict.Allow)]
    [InlineData("A|*|s3:GetObject|/a?c|", "- GetObject ac", PolicyVerdict.Silent)]
    [InlineData("A|*|s3:GetObject|/a.c|", "- GetObject abc", PolicyVerdict.Silent)]
    // an explicit deny wins, in either order
    [InlineData("A|*|s3:*|/*|;D|ann|s3:PutObject|/*|", "ann PutObject a", PolicyVerdict.Deny)]
    [InlineData("D|ann|s3:PutObject|/*|;A|*|s3:*|/*|", "ann PutObject a", PolicyVerdict.Deny)]
    [InlineData("A|*|s3:*|/*|;D|ann|s3:PutObject|/*|", "ann GetObject a", PolicyVerdict.Allow)]
    [InlineData("A|*|s3:*|/*|;D|ann|s3:PutObject|/*|", "bob PutObject a", PolicyVerdict.Allow)]
    [InlineData("A|*|s3:GetObject|/*|;D|*|s3:GetObject|/secret/*|", "- GetObject secret/a", PolicyVerdict.Deny)]
    // TLS
    [InlineData("D|*|s3:*|/*|Bool=aws:SecureTransport=false", "ann GetObject a", PolicyVerdict.Deny)]
    [InlineData("D|*|s3:*|/*|Bool=aws:SecureTransport=false", "ann GetObject a tls", PolicyVerdict.Silent)]
    [InlineData("D|*|s3:*|/*|Bool=AWS:securetransport=true", "ann GetObject a tls", PolicyVerdict.Deny)]
    // addresses
    [InlineData("A|*|s3:*|/*|IpAddress=aws:SourceIp=10.0.0.0/8", "- GetObject a from=10.1.2.3", PolicyVerdict.Allow)]
    [InlineData(
        "A|*|s3:*|/*|IpAddress=aws:SourceIp=10.0.0.0/8",
        "- GetObject a from=::ffff:10.1.2.3",
        PolicyVerdict.Allow)]
    [InlineData("A|*|s3:*|/*|IpAddress=aws:SourceIp=10.0.0.0/8", "- GetObject a from=11.1.2.3", PolicyVerdict.Silent)]
    [InlineData("A|*|s3:*|/*|IpAddress=aws:SourceIp=10.0.0.0/8", "- GetObject a", PolicyVerdict.Silent)]
    [InlineData(
        "A|*|s3:*|/*|IpAddress=aws:SourceIp=1.2.3.4,5.6.7.8",
        "- GetObject a from=5.6.7.8",
        PolicyVerdict.Allow)]
    [InlineData(
        "A|*|s3:*|/*|IpAddress=aws:SourceIp=2001:db8::/32",
        "- GetObject a from=2001:db8::7",
        PolicyVerdict.Allow)]
    [InlineData(
        "D|*|s3:*|/*|NotIpAddress=aws:SourceIp=10.0.0.0/8",
        "ann GetObject a from=11.1.2.3",
        PolicyVerdict.Deny)]
    [InlineData(
        "D|*|s3:*|/*|NotIpAddress=aws:SourceIp=10.0.0.0/8",
        "ann GetObject a from=10.1.2.3",
        PolicyVerdict.Silent)]
    [InlineData("D|*|s3:*|/*|NotIpAddress=aws:SourceIp=10.0.0.0/8", "ann GetObject a", PolicyVerdict.Deny)]
    // listings
    [InlineData("A|ann|s3:ListBucket||StringEquals=s3:prefix=,home/", "ann ListBucket - prefix=", PolicyVerdict.Allow)]
    [InlineData(
        "A|ann|s3:ListBucket||StringEquals=s3:prefix=,home/",
        "ann ListBucket - prefix=home/",
        PolicyVerdict.Allow)]
    [InlineData(
        "A|ann|s3:ListBucket||StringEquals=s3:prefix=,home/",
        "ann ListBucket - prefix=etc/",
        PolicyVerdict.Silent)]
    [InlineData(
        "A|ann|s3:ListBucket||StringLike=s3:prefix=home/*",
        "ann ListBucket - prefix=home/a",
        PolicyVerdict.Allow)]
    [InlineData(
        "A|ann|s3:ListBucket||StringEquals=s3:prefix=home/*",
        "ann ListBucket - prefix=home/a",
        PolicyVerdict.Silent)]
    [InlineData("A|ann|s3:ListBucket||StringEquals=s3:prefix=home/", "ann ListBucket -", PolicyVerdict.Silent)]
    [InlineData("D|*|s3:ListBucket||StringNotLike=s3:prefix=home/*", "ann ListBucket - prefix=etc", PolicyVerdict.Deny)]
    [InlineData("D|*|s3:ListBucket||StringNotEquals=s3:prefix=a,b", "ann ListBucket - prefix=b", PolicyVerdict.Silent)]
    // all conditions must hold
    [InlineData(
        "A|*|s3:*|/*|IpAddress=aws:SourceIp=10.0.0.0/8&Bool=aws:SecureTransport=true",
        "- GetObject a from=10.1.2.3",
        PolicyVerdict.Silent)]
    [InlineData(
        "A|*|s3:*|/*|IpAddress=aws:SourceIp=10.0.0.0/8&Bool=aws:SecureTransport=true",
        "- GetObject a from=10.1.2.3 tls",
        PolicyVerdict.Allow)]
    public void Evaluate_OneRequest_AllowsDeniesOrIsSilent(string statements, string wanted, PolicyVerdict verdict)
    {
        var policy = BucketPolicy.Parse(PolicyText.Of(statements), "lake", Account, name => name is "ann" or "bob");
        Assert.Equal(verdict, policy.Evaluate(Request(wanted)));
    }

    [Theory]
    [InlineData("A|*|s3:GetObject|/*|", true)]
    [InlineData("A|ann|s3:GetObject|/*|", false)]
    [InlineData("D|*|s3:GetObject|/*|", false)]
    [InlineData("D|*|s3:GetObject|/*|;A|*|s3:GetObject|/a|", true)]
    [InlineData("A|*|s3:GetObject|/*|IpAddress=aws:SourceIp=10.0.0.0/8", false)]
    [InlineData("A|*|s3:GetObject|/*|IpAddress=aws:SourceIp=0.0.0.0/0", true)]
    [InlineData("A|*|s3:GetObject|/*|IpAddress=aws:SourceIp=10.0.0.1,::/0", true)]
    [InlineData("A|*|s3:GetObject|/*|NotIpAddress=aws:SourceIp=10.0.0.0/8", true)]
    [InlineData("A|*|s3:GetObject|/*|Bool=aws:SecureTransport=true", true)]
    [InlineData("A|account|s3:GetObject|/*|", false)]
    public void IsPublic_Policy_SaysWhetherEverybodyIsLetIn(string statements, bool isPublic) => Assert.Equal(
        isPublic, BucketPolicy.Parse(PolicyText.Of(statements), "lake", Account, _ => true).IsPublic);

    [Fact]
    public void Matches_ManyStars_EndsSoon()
    {
        var pattern = string.Concat(Enumerable.Repeat("a*", 400)) + "b";
        Assert.False(Wildcard.Matches(pattern, new string('a', 1024), ignoreCase: false));
        Assert.True(Wildcard.Matches("**", "", ignoreCase: false));
        Assert.False(Wildcard.Matches("?", "", ignoreCase: false));
    }

    private static AccessRequest Request(string text)
    {
        var words = text.Split(' ');
        var caller = words[0] == "-" ? null : new AccessKey("IDIDIDIDIDIDIDID", "secretsecret", words[0]);
        return new AccessRequest(caller, "s3:" + words[1], "lake", words[2] == "-" ? "" : words[2])
        {
            Prefix = After("prefix="),
            From = After("from=") is { } from ? IPAddress.Parse(from) : null,
            IsSecure = words.Contains("tls"),
        };

        string? After(string start) =>
            words.FirstOrDefault(word => word.StartsWith(start, StringComparison.Ordinal))?[start.Length..];
    }
}
