using System.Text;
using System.Text.Json.Nodes;
using Tarn.Storage.Access;

namespace Tarn.Aws.Tests.Scenes;

/// <summary>A user of a scene's lake, with a key of its own.</summary>
internal sealed class SceneUser
{
    private readonly AwsScene _scene;
    private readonly Signer _signer;

    private SceneUser(AwsScene scene, AccessKey key)
    {
        _scene = scene;
        Key = key;
        _signer = new Signer(key.AccessKeyId, key.Secret, scene.Time);
    }

    public AccessKey Key { get; }

    /// <param name="grants">As <c>read bucket/prefix</c>.</param>
    public static async Task<SceneUser> CreateAsync(AwsScene scene, string name, params string[] grants)
    {
        var users = scene.Engine<IUsers>();
        var user = new SceneUser(scene, await users.CreateAsync(name, given: null, default));
        foreach (var grant in grants)
        {
            var (level, place) = (grant.Split(' ')[0], grant.Split(' ')[1].Split('/', 2));
            await users.GrantAsync(
                new Grant(
                    name, Enum.Parse<GrantLevel>(level, ignoreCase: true), place[0], place.ElementAtOrDefault(1) ?? ""),
                default);
        }

        return user;
    }

    public Task<Answer> S3Async(HttpMethod method, string target, byte[]? body = null, params string[] headers)
    {
        var request = _scene.S3Request(method, target, body, headers);
        _signer.Sign(request, "s3", Signer.Hash(body ?? []));
        return _scene.SendAsync(request);
    }

    public Task<Answer> JsonAsync(string service, string target, JsonNode input)
    {
        var body = Encoding.UTF8.GetBytes(input.ToJsonString());
        var request = _scene.JsonRequest(target, body);
        _signer.Sign(request, service, Signer.Hash(body));
        return _scene.SendAsync(request);
    }

    public Task<Answer> StsAsync()
    {
        var form = "Action=GetCallerIdentity&Version=2011-06-15"u8.ToArray();
        var request = new HttpRequestMessage(HttpMethod.Post, _scene.Address) { Content = new ByteArrayContent(form) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
        _signer.Sign(request, "sts", Signer.Hash(form));
        return _scene.SendAsync(request);
    }
}
