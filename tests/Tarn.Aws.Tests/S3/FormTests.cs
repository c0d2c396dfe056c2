using System.Net;
using Tarn.Aws.Tests.Listening;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

/// <summary>Uploads by HTML forms: the policy's conditions one by one, and forms that are none.</summary>
public sealed class FormTests(AwsScene scene) : IClassFixture<AwsScene>
{
    [Fact]
    public async Task Post_AllowedByThePolicy_StoresTheFileWithItsHeaders()
    {
        var answer = await PostAsync(
            Fields(("Content-Type", "text/x"), ("x-amz-meta-color", "dark red"), ("key", "up/${filename}")));

        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        var got = (await scene.S3Async(HttpMethod.Get, "/forms/up/photo.txt")).Ok();
        Assert.Equal(("hello", "text/x"), (got.Text, got.Header("Content-Type")));
        Assert.Equal("dark red", got.Header("x-amz-meta-color"));
        Assert.Equal(got.Header("ETag"), answer.Header("ETag"));
        Assert.EndsWith("/forms/up/photo.txt", answer.Header("Location")!);
    }

    [Fact]
    public async Task Post_FileOfManyReads_ArrivesWhole()
    {
        var file = new string('x', 3_000_000) + "\r\n--" + SentForm.Boundary[..^1] + "\r\nend";

        (await PostAsync(Fields(("key", "large")), file: file)).Ok();

        Assert.Equal(file, (await scene.S3Async(HttpMethod.Get, "/forms/large")).Ok().Text);
    }

    [Theory]
    [InlineData("200", HttpStatusCode.OK)]
    [InlineData("201", HttpStatusCode.Created)]
    [InlineData("204", HttpStatusCode.NoContent)]
    [InlineData("500", HttpStatusCode.NoContent)]
    public async Task Post_SuccessActionStatus_IsTheAnswer(string asked, HttpStatusCode status)
    {
        var answer = await PostAsync(Fields(("key", "status"), ("success_action_status", asked)));

        Assert.Equal(status, answer.Status);
        if (asked == "201")
        {
            Assert.Equal(
                ("forms", "status"), (answer.Xml.Element("Bucket")!.Value, answer.Xml.Element("Key")!.Value));
        }
    }

    [Fact]
    public async Task Post_SuccessActionRedirect_NamesTheObject()
    {
        var raw = await RawAsync(Fields(("key", "a b"), ("success_action_redirect", "https://app.example/done?x=1")));

        Assert.StartsWith("HTTP/1.1 303", raw);
        Assert.Contains("Location: https://app.example/done?x=1&bucket=forms&key=a%20b&etag=%22", raw);
    }

    [Theory]
    [InlineData("{\"key\":\"other\"}", "Policy Condition failed: [\"eq\", \"$key\", \"other\"]")]
    [InlineData("[\"eq\",\"$key\",\"other\"]", "Policy Condition failed")]
    [InlineData("[\"starts-with\",\"$key\",\"photos/\"]", "Policy Condition failed: [\"starts-with\"")]
    [InlineData("{\"bucket\":\"elsewhere\"}", "Policy Condition failed")]
    [InlineData("{\"acl\":\"private\"}", "Policy Condition failed")]
    public async Task Post_ConditionThatDoesNotHold_IsDenied(string condition, string message)
    {
        var fields = Fields(("key", "denied"));
        var policy = Policy(fields, condition);

        (await PostAsync(Signed(fields, policy))).MustFail(HttpStatusCode.Forbidden, "AccessDenied");
        Assert.Contains(message, (await PostAsync(Signed(fields, policy))).Xml.Element("Message")!.Value);
        await MustBeAbsentAsync("denied");
    }

    [Fact]
    public async Task Post_FieldThatNoConditionNames_IsDenied()
    {
        var fields = Fields(("key", "extra"));
        var signed = Signed(fields, Policy(fields));

        (await PostAsync([.. signed, ("x-ignore-this", "1")])).Ok();
        (await PostAsync([.. signed, ("x-amz-meta-a", "1")]))
            .MustFail(HttpStatusCode.Forbidden, "AccessDenied", "Extra input fields: x-amz-meta-a");
    }

    [Theory]
    [InlineData("[\"content-length-range\",6,10]", "EntityTooSmall", "MinSizeAllowed")]
    [InlineData("[\"content-length-range\",\"0\",\"4\"]", "EntityTooLarge", "MaxSizeAllowed")]
    public async Task Post_FileOutOfItsRange_IsRefused(string condition, string code, string element)
    {
        var fields = Fields(("key", "range"));

        var answer = await PostAsync(Signed(fields, Policy(fields, condition)));

        answer.MustFail(HttpStatusCode.BadRequest, code);
        Assert.Equal("5", answer.Xml.Element("ProposedSize")!.Value);
        Assert.NotNull(answer.Xml.Element(element));
        await MustBeAbsentAsync("range");
    }

    [Fact]
    public async Task Post_AfterTheExpiration_IsDenied()
    {
        var fields = Fields(("key", "late"));
        var policy = Policy(fields, expiration: scene.Time.GetUtcNow().AddSeconds(-1));

        (await PostAsync(Signed(fields, policy)))
            .MustFail(HttpStatusCode.Forbidden, "AccessDenied", "Policy expired");
        await MustBeAbsentAsync("late");
    }

    [Theory]
    [InlineData("x-amz-signature", "0", HttpStatusCode.Forbidden, "SignatureDoesNotMatch")]
    [InlineData("x-amz-signature", null, HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("x-amz-credential", "a/b", HttpStatusCode.BadRequest, "AuthorizationQueryParametersError")]
    [InlineData("x-amz-credential", null, HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("x-amz-date", "20200101T000000Z", HttpStatusCode.BadRequest, "AuthorizationQueryParametersError")]
    [InlineData("x-amz-algorithm", "AWS4-ECDSA-P256-SHA256", HttpStatusCode.NotImplemented, "NotImplemented")]
    [InlineData("x-amz-security-token", "t", HttpStatusCode.BadRequest, "InvalidToken")]
    [InlineData("policy", "e30=", HttpStatusCode.Forbidden, "SignatureDoesNotMatch")]
    [InlineData("policy", null, HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("key", null, HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("key", "", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("key", "a\0b", HttpStatusCode.BadRequest, "InvalidArgument")]
    public async Task Post_FieldOfTheSignatureAltered_IsRefused(
        string name, string? value, HttpStatusCode status, string code)
    {
        var fields = Signed(Fields(("key", "altered")), Policy(Fields(("key", "altered"))))
            .Where(field => field.Name != name).ToList();
        if (value is not null)
        {
            fields.Add((name, value));
        }

        (await PostAsync(fields)).MustFail(status, code);
        await MustBeAbsentAsync("altered");
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"expiration\":\"2999-01-01T00:00:00Z\"}")]
    [InlineData("{\"expiration\":\"soon\",\"conditions\":[]}")]
    [InlineData("{\"expiration\":null,\"conditions\":[]}")]
    [InlineData("{\"expiration\":\"2999-01-01T00:00:00Z\",\"conditions\":[[\"eq\",\"key\",\"a\"]]}")]
    [InlineData("{\"expiration\":\"2999-01-01T00:00:00Z\",\"conditions\":[[\"eq\",\"$key\",null]]}")]
    [InlineData("{\"expiration\":\"2999-01-01T00:00:00Z\",\"conditions\":[[\"like\",\"$key\",\"a\"]]}")]
    [InlineData("{\"expiration\":\"2999-01-01T00:00:00Z\",\"conditions\":[[\"content-length-range\",1,\"x\"]]}")]
    public async Task Post_PolicyThatIsNone_IsInvalid(string policy) =>
        (await PostAsync(Signed(Fields(("key", "none")), policy)))
            .MustFail(HttpStatusCode.BadRequest, "InvalidPolicyDocument");

    [Fact]
    public async Task Post_WithoutAPolicy_IsAnonymousAndDenied()
    {
        (await scene.S3Async(HttpMethod.Put, "/forms")).Ok();

        (await PostAsync([("key", "anonymous")])).MustFail(HttpStatusCode.Forbidden, "AccessDenied");
        await MustBeAbsentAsync("anonymous");
    }

    [Fact]
    public async Task Post_ValueThatNoHeaderCanHold_IsRefused() =>
        (await PostAsync(Fields(("key", "header"), ("x-amz-meta-a", "one\r\ntwo: 3"))))
            .MustFail(HttpStatusCode.BadRequest, "InvalidArgument");

    [Fact]
    public async Task Post_FieldsTooLarge_AreRefused() =>
        (await PostAsync(Fields(("key", "fields"), ("x-amz-meta-a", new string('a', 21_000)))))
            .MustFail(HttpStatusCode.BadRequest, "MaxPostPreDataLengthExceededError");

    [Fact]
    public async Task Post_ChecksumOfAnotherFile_StoresNothing()
    {
        (await PostAsync(Fields(("key", "checksum"), ("x-amz-checksum-crc32", "AAAAAA=="))))
            .MustFail(HttpStatusCode.BadRequest, "BadDigest");
        await MustBeAbsentAsync("checksum");
    }

    [Fact]
    public async Task Post_CutAnywhere_StoresNothing()
    {
        var whole = new SentForm(scene).Body(Signed(Fields(("key", "cut")), Policy(Fields(("key", "cut")))), "hello");
        foreach (var length in new[] { 0, 10, 40, 200, whole.Length - 60, whole.Length - 25, whole.Length - 22 })
        {
            var answer = await new SentForm(scene).SendBodyAsync("/forms", whole[..length]);

            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.True(answer.Code is "MalformedPOSTRequest" or "InvalidArgument", $"{length}: {answer.Code}");
        }

        await MustBeAbsentAsync("cut");
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=other")]
    public async Task Post_BoundaryThatIsNotThere_IsMalformed(string type)
    {
        var answer = await new SentForm(scene).SendBodyAsync(
            "/forms", new SentForm(scene).Body(Fields(("key", "k")), "hello"), type);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.True(answer.Code is "MalformedPOSTRequest" or "InvalidArgument", answer.Code);
    }

    private async Task MustBeAbsentAsync(string key) =>
        Assert.Equal(HttpStatusCode.NotFound, (await scene.S3Async(HttpMethod.Head, "/forms/" + key)).Status);

    private static List<(string Name, string Value)> Fields(params (string Name, string Value)[] fields) => [.. fields];

    private string Policy(
        IEnumerable<(string Name, string Value)> fields, string? more = null, DateTimeOffset? expiration = null) =>
        new SentForm(scene).Policy(fields, expiration, more is null ? [] : [more]);

    private List<(string Name, string Value)> Signed(IEnumerable<(string Name, string Value)> fields, string policy) =>
        new SentForm(scene).Signed(fields, policy);

    private async Task<Answer> PostAsync(List<(string Name, string Value)> fields, string file = "hello")
    {
        (await scene.S3Async(HttpMethod.Put, "/forms")).Ok();
        var isSigned = fields.Any(field => field.Name is "policy" or "x-amz-signature" or "x-amz-date");
        var sent = isSigned || fields is [("key", "anonymous")] ? fields : Signed(fields, Policy(fields));
        return await new SentForm(scene).SendAsync("/forms", sent, file);
    }

    private async Task<string> RawAsync(List<(string Name, string Value)> fields)
    {
        (await scene.S3Async(HttpMethod.Put, "/forms")).Ok();
        var body = new SentForm(scene).Body(Signed(fields, Policy(fields)), "hello");
        using var connection = await RawConnection.OpenAsync(scene.Address);
        await connection.SendAsync(
            "POST /forms HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + $"Content-Type: multipart/form-data; boundary=\"{SentForm.Boundary}\"\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n{body}");
        return await connection.ReadToEndAsync();
    }
}
