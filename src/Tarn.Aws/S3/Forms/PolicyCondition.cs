namespace Tarn.Aws.S3.Forms;

/// <summary>What a POST policy asks of one field of the form.</summary>
/// <param name="Field">Without the dollar sign.</param>
/// <param name="IsPrefix">The field begins with the value; otherwise it is the value.</param>
internal sealed record PolicyCondition(string Field, string Value, bool IsPrefix)
{
    public bool Holds(string sent) =>
        IsPrefix ? sent.StartsWith(Value, StringComparison.Ordinal) : sent == Value;

    /// <summary>As S3 names it when it fails.</summary>
    public override string ToString() => $"[\"{(IsPrefix ? "starts-with" : "eq")}\", \"${Field}\", \"{Value}\"]";
}
