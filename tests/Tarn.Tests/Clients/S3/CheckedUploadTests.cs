using System.Security.Cryptography;
using System.Text;
using Tarn.Clients.S3;
using Tarn.Primitives.Errors;

namespace Tarn.Tests.Clients.S3;

public sealed class CheckedUploadTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(262_143)]
    [InlineData(262_144)]
    [InlineData(262_145)]
    [InlineData(600_000)]
    public async Task Body_OfAnyLength_IsFramedAsItAnnounces(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        var sent = 0L;
        using var content = new CheckedUpload(new MemoryStream(bytes), length, count => sent += count);
        var announced = content.Headers.ContentLength;
        using var wire = new MemoryStream();
        await content.CopyToAsync(wire);

        Assert.Equal(announced, wire.Length);
        Assert.Equal(length, sent);
        var (body, trailer) = Unframe(wire.ToArray());
        Assert.Equal(bytes, body);
        Assert.Equal($"x-amz-checksum-sha256:{Convert.ToBase64String(SHA256.HashData(bytes))}\r\n\r\n", trailer);
    }

    [Fact]
    public async Task Body_OfASourceThatIsShorterThanAnnounced_Fails()
    {
        using var content = new CheckedUpload(new MemoryStream(new byte[9]), length: 10, _ => { });
        using var wire = new MemoryStream();
        var error = await Assert.ThrowsAsync<TarnException>(() => content.CopyToAsync(wire));
        Assert.Contains("shorter", error.Message, StringComparison.Ordinal);
    }

    private static (byte[] Body, string Trailer) Unframe(byte[] wire)
    {
        var body = new List<byte>();
        var at = 0;
        while (true)
        {
            var line = Array.IndexOf(wire, (byte)'\r', at);
            var size = Convert.ToInt32(Encoding.ASCII.GetString(wire, at, line - at), 16);
            at = line + 2;
            if (size == 0)
            {
                return ([.. body], Encoding.ASCII.GetString(wire, at, wire.Length - at));
            }

            body.AddRange(wire[at..(at + size)]);
            at += size + 2;
        }
    }
}
