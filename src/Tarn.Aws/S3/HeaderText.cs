using System.Text;
using Tarn.Aws.Protocol;

namespace Tarn.Aws.S3;

/// <summary>
/// Text that is to be a header of this or a later answer: from a query, a form or a header, it could hold what no
/// header of an answer can.
/// </summary>
internal static class HeaderText
{
    /// <summary>InvalidArgument unless all of it is printable ASCII.</summary>
    public static void Check(string name, string value)
    {
        if (!IsPrintable(value))
        {
            throw Refused(name, value, "Header value cannot be represented using ASCII.");
        }
    }

    /// <summary>InvalidArgument when a control character is in it; other text goes back as it came, in UTF-8.</summary>
    public static void CheckSent(string name, string value)
    {
        if (value.Any(char.IsControl))
        {
            throw Refused(name, value, "Header value holds a control character.");
        }
    }

    /// <summary>As S3 answers metadata that is not printable ASCII: by the rules of RFC 2047.</summary>
    public static string Metadata(string value) => IsPrintable(value)
        ? value
        : $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}?=";

    private static bool IsPrintable(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static AwsException Refused(string name, string value, string message) =>
        new("InvalidArgument", 400, message)
        {
            Elements = [new("ArgumentName", name), new("ArgumentValue", value)],
        };
}
