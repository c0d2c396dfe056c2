using System.Net;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Listening;

/// <summary>Clients of HTTP/2 sign <c>:authority</c> where others sign <c>host</c>.</summary>
public sealed class AuthoritySignatureTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private static readonly byte[] Body = "{}"u8.ToArray();

    [Fact]
    public async Task SignedAuthority_OverHttp2_IsTaken()
    {
        using var request = Request(scene.Signer);

        Assert.Equal(HttpStatusCode.OK, (await scene.SendAsync(request)).Status);
    }

    [Fact]
    public async Task SignedAuthority_WithAnotherSecret_IsRefused()
    {
        using var request = Request(scene.Signer with { Secret = "not the secret" });

        (await scene.SendAsync(request)).MustFail(HttpStatusCode.Forbidden, "InvalidSignatureException");
    }

    [Fact]
    public async Task SignedAuthority_OfAnotherHost_IsRefused()
    {
        using var request = Request(scene.Signer);
        request.Headers.Host = "elsewhere.example:80";

        (await scene.SendAsync(request)).MustFail(HttpStatusCode.Forbidden, "InvalidSignatureException");
    }

    [Fact]
    public async Task NeitherHostNorAuthoritySigned_IsRefused()
    {
        using var request = Request(scene.Signer with { HostName = "" });

        (await scene.SendAsync(request)).MustFail(HttpStatusCode.Forbidden, "InvalidSignatureException");
    }

    private HttpRequestMessage Request(Signer signer)
    {
        var request = scene.JsonRequest("Kinesis_20131202.ListStreams", Body);
        (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        var named = signer.HostName == "host" ? signer with { HostName = ":authority" } : signer;
        named.Sign(request, "kinesis", Signer.Hash(Body));
        return request;
    }
}
