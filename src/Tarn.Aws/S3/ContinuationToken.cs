using System.Buffers.Text;
using System.Text;

namespace Tarn.Aws.S3;

/// <summary>Where a listing goes on, as an opaque text: base64url of a mark and the last name.</summary>
internal static class ContinuationToken
{
    private const char Mark = '1';

    public static string Encode(string after) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Mark + after));

    public static string Decode(string token)
    {
        try
        {
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
            if (text.Length > 0 && text[0] == Mark)
            {
                return text[1..];
            }
        }
        catch (FormatException)
        {
            throw Wrong();
        }

        throw Wrong();
    }

    private static Protocol.AwsException Wrong() =>
        S3Errors.InvalidArgument("The continuation token provided is incorrect");
}
