using Tarn.Aws.Protocol;

namespace Tarn.Aws.S3;

/// <summary>
/// Text from a query or a form that is to be a header of this or a later answer: it could hold what no header can.
/// </summary>
internal static class HeaderText
{
    /// <summary>InvalidArgument unless all of it is printable ASCII.</summary>
    public static void Check(string name, string value)
    {
        if (value.Any(c => c is < ' ' or > '~'))
        {
            throw new AwsException("InvalidArgument", 400, "Header value cannot be represented using ASCII.")
            {
                Elements = [new("ArgumentName", name), new("ArgumentValue", value)],
            };
        }
    }
}
