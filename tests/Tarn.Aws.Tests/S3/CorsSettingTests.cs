using System.Net;
using System.Text;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

public sealed class CorsSettingTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const string Least =
        "<AllowedOrigin>https://a.example</AllowedOrigin><AllowedMethod>GET</AllowedMethod>";

    [Fact]
    public async Task PutGetDelete_Rules_AreKeptInOrder()
    {
        (await scene.S3Async(HttpMethod.Put, "/shared")).Ok();
        (await scene.S3Async(HttpMethod.Get, "/shared?cors")).MustFail(
            HttpStatusCode.NotFound, "NoSuchCORSConfiguration");
        const string Rules =
            "<CORSRule><ID>web</ID><AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod>"
            + "<AllowedOrigin>https://*.example</AllowedOrigin><AllowedHeader>x-*</AllowedHeader>"
            + "<ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>60</MaxAgeSeconds></CORSRule>"
            + "<CORSRule><AllowedMethod>HEAD</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule>";

        (await PutAsync(Rules)).Ok();

        var got = (await scene.S3Async(HttpMethod.Get, "/shared?cors")).Ok().Xml;
        Assert.Equal(Rules, string.Concat(got.Elements().Select(
            rule => rule.ToString(System.Xml.Linq.SaveOptions.DisableFormatting))));
        Assert.Equal(HttpStatusCode.NoContent, (await scene.S3Async(HttpMethod.Delete, "/shared?cors")).Status);
        (await scene.S3Async(HttpMethod.Get, "/shared?cors")).MustFail(
            HttpStatusCode.NotFound, "NoSuchCORSConfiguration");
    }

    [Theory]
    [InlineData("", "MalformedXML")]
    [InlineData("<CORSRule/>", "MalformedXML")]
    [InlineData("<CORSRule><AllowedOrigin>*</AllowedOrigin></CORSRule>", "MalformedXML")]
    [InlineData("<CORSRule>" + Least + "<AllowedMethod>PATCH</AllowedMethod></CORSRule>", "InvalidRequest")]
    [InlineData("<CORSRule>" + Least + "<AllowedOrigin>*.*</AllowedOrigin></CORSRule>", "InvalidRequest")]
    [InlineData("<CORSRule>" + Least + "<AllowedHeader>*-*</AllowedHeader></CORSRule>", "InvalidRequest")]
    [InlineData("<CORSRule>" + Least + "<ExposeHeader>*</ExposeHeader></CORSRule>", "InvalidRequest")]
    [InlineData("<CORSRule>" + Least + "<MaxAgeSeconds>long</MaxAgeSeconds></CORSRule>", "MalformedXML")]
    [InlineData("<CORSRule>" + Least + "<Credentials>true</Credentials></CORSRule>", "NotImplemented")]
    public async Task Put_WhatIsNoConfiguration_IsRefused(string rules, string code)
    {
        (await scene.S3Async(HttpMethod.Put, "/unshared")).Ok();

        var answer = await scene.S3Async(
            HttpMethod.Put,
            "/unshared?cors",
            Encoding.UTF8.GetBytes($"<CORSConfiguration>{rules}</CORSConfiguration>"));

        Assert.Equal(code, answer.Code);
        (await scene.S3Async(HttpMethod.Get, "/unshared?cors")).MustFail(
            HttpStatusCode.NotFound, "NoSuchCORSConfiguration");
    }

    [Fact]
    public async Task Put_AHundredAndOneRules_IsRefused()
    {
        (await scene.S3Async(HttpMethod.Put, "/shared")).Ok();
        var rules = string.Concat(Enumerable.Repeat($"<CORSRule>{Least}</CORSRule>", 101));

        (await PutAsync(rules)).MustFail(HttpStatusCode.BadRequest, "MalformedXML", "101");
    }

    private Task<Answer> PutAsync(string rules) => scene.S3Async(
        HttpMethod.Put, "/shared?cors", Encoding.UTF8.GetBytes($"<CORSConfiguration>{rules}</CORSConfiguration>"));
}
