using Tarn.Primitives.Errors;
using Tarn.Storage.Access.Policies;

namespace Tarn.Storage.Tests.Access.Policies;

public sealed class PolicyReaderTests
{
    private const string Good =
        """
        {"Version":"2012-10-17","Id":"x","Statement":[{"Sid":"s","Effect":"Allow","Principal":"*",
        "Action":"s3:GetObject","Resource":"arn:aws:s3:::lake/*","Condition":{}}]}
        """;

    [Fact]
    public void Parse_EveryElement_IsTaken() =>
        Assert.True(BucketPolicy.Parse(Good, "lake", "000000000000", _ => true).IsPublic);

    [Theory]
    [InlineData("\"Version\":\"2012-10-17\",", "")]
    [InlineData("2012-10-17", "2008-10-17")]
    [InlineData(",\"Condition\":{}", "")]
    [InlineData("\"s3:GetObject\"", "[\"s3:GetObject\",\"s3:Put*\"]")]
    [InlineData("\"*\"", "{\"AWS\":[\"000000000000\"]}")]
    public void Parse_AnotherForm_IsTaken(string part, string other)
    {
        Assert.Contains(part, Good, StringComparison.Ordinal);
        var policy = BucketPolicy.Parse(
            Good.Replace(part, other, StringComparison.Ordinal), "lake", "000000000000", _ => true);
        Assert.NotNull(policy);
    }

    /// <summary>Each puts something in the place of a part of the good policy; the refusal names it.</summary>
    [Theory]
    [InlineData("{\"Version\"", "[{\"Version\"", "valid JSON")]
    [InlineData("{\"Version\":\"2012-10-17\"", "{\"Version\":\"2012-10-17\",\"Version\":\"2012-10-17\"", "valid JSON")]
    [InlineData("\"Effect\":\"Allow\"", "\"Effect\":\"Allow\",\"Effect\":\"Deny\"", "valid JSON")]
    [InlineData("2012-10-17", "2012-10-18", "2012-10-18")]
    [InlineData("\"Id\"", "\"Ip\"", "'Ip'")]
    [InlineData("\"Sid\"", "\"Condtion\"", "'Condtion'")]
    [InlineData("\"Sid\":\"s\"", "\"Sid\":7", "Sid")]
    [InlineData("\"Allow\"", "\"allow\"", "'allow'")]
    [InlineData("\"Effect\":\"Allow\",", "", "no Effect")]
    [InlineData("\"Principal\":\"*\",", "", "no Principal")]
    [InlineData("\"Action\":\"s3:GetObject\",", "", "no Action")]
    [InlineData("\"Resource\":\"arn:aws:s3:::lake/*\",", "", "no Resource")]
    [InlineData("\"Principal\"", "\"NotPrincipal\"", "NotPrincipal")]
    [InlineData("\"Action\"", "\"NotAction\"", "NotAction")]
    [InlineData("\"Resource\"", "\"NotResource\"", "NotResource")]
    [InlineData("\"Principal\":\"*\"", "\"Principal\":\"ann\"", "'ann'")]
    [InlineData("\"Principal\":\"*\"", "\"Principal\":{}", "nobody")]
    [InlineData("\"Principal\":\"*\"", "\"Principal\":{\"AWS\":[]}", "empty")]
    [InlineData("\"Principal\":\"*\"", "\"Principal\":{\"Service\":\"logs.amazonaws.com\"}", "'Service'")]
    [InlineData("\"Principal\":\"*\"", "\"Principal\":{\"AWS\":\"*\",\"CanonicalUser\":\"7\"}", "'CanonicalUser'")]
    [InlineData(
        "\"Principal\":\"*\"",
        "\"Principal\":{\"AWS\":\"arn:aws:iam::111111111111:user/ann\"}",
        "111111111111")]
    [InlineData("\"Principal\":\"*\"", "\"Principal\":{\"AWS\":\"arn:aws:iam::000000000000:user/zoe\"}", "zoe")]
    [InlineData("\"Principal\":\"*\"", "\"Principal\":{\"AWS\":\"arn:aws:iam::000000000000:role/r\"}", "role/r")]
    [InlineData("s3:GetObject", "s3:GetObjects", "'s3:GetObjects'")]
    [InlineData("s3:GetObject", "s3:BypassGovernanceRetention", "BypassGovernanceRetention")]
    [InlineData("s3:GetObject", "s3:ListAllMyBuckets", "ListAllMyBuckets")]
    [InlineData("s3:GetObject", "s3:CreateBucket", "CreateBucket")]
    [InlineData("s3:GetObject", "kinesis:*", "kinesis:*")]
    [InlineData("\"s3:GetObject\"", "[]", "Action is empty")]
    [InlineData("s3:GetObject", "s3:ListBucket", "does not apply")]
    [InlineData("lake/*", "lake", "does not apply")]
    [InlineData("lake/*", "lake2/*", "lake2")]
    [InlineData("lake/*", "lake*", "lake*")]
    [InlineData("lake/*", "lake/", "'arn:aws:s3:::lake/'")]
    [InlineData("arn:aws:s3:::lake/*", "*", "invalid resource")]
    [InlineData("arn:aws:s3:::lake/*", "arn:aws:s3:us-east-1::lake/*", "invalid resource")]
    [InlineData("lake/*", "lake/${aws:username}/*", "policy variables")]
    [InlineData("{}", "[]", "Condition")]
    [InlineData("{}", "{\"Null\":{\"aws:SourceIp\":\"true\"}}", "'Null'")]
    [InlineData("{}", "{\"StringEqualsIfExists\":{\"s3:prefix\":\"a\"}}", "StringEqualsIfExists")]
    [InlineData("{}", "{\"StringEquals\":{\"aws:PrincipalArn\":\"a\"}}", "aws:PrincipalArn")]
    [InlineData("{}", "{\"StringEquals\":{\"s3:x-amz-acl\":\"a\"}}", "s3:x-amz-acl")]
    [InlineData("{}", "{\"Bool\":{\"aws:SourceIp\":\"true\"}}", "aws:SourceIp")]
    [InlineData("{}", "{\"Bool\":{\"aws:SecureTransport\":\"yes\"}}", "aws:SecureTransport")]
    [InlineData("{}", "{\"IpAddress\":{\"aws:SourceIp\":\"10.0.0.0/40\"}}", "10.0.0.0/40")]
    [InlineData("{}", "{\"IpAddress\":{\"aws:SourceIp\":\"home\"}}", "home")]
    [InlineData("{}", "{\"StringLike\":{\"s3:prefix\":\"${aws:username}/\"}}", "policy variables")]
    public void Parse_WhatIsNotHonoured_IsMalformedByName(string part, string other, string named)
    {
        Assert.Contains(part, Good, StringComparison.Ordinal);
        var document = Good.Replace(part, other, StringComparison.Ordinal);
        var refused = Assert.Throws<TarnException>(
            () => BucketPolicy.Parse(document, "lake", "000000000000", name => name == "ann"));
        Assert.Equal((ErrorKind.Invalid, "MalformedPolicy"), (refused.Kind, refused.Code));
        Assert.Contains(named, refused.Describe(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"Statement":[]}""")]
    [InlineData("""{"Statement":[7]}""")]
    public void Parse_NoStatement_IsMalformed(string document) => Assert.Equal(
        "MalformedPolicy",
        Assert.Throws<TarnException>(() => BucketPolicy.Parse(document, "lake", "000000000000", _ => true)).Code);

    [Fact]
    public void Parse_MoreThanTwentyKilobytes_IsMalformed() => Assert.Equal(
        "MalformedPolicy",
        Assert.Throws<TarnException>(() => BucketPolicy.Parse(
            Good + new string(' ', PolicyReader.BytesMax), "lake", "000000000000", _ => true)).Code);
}
