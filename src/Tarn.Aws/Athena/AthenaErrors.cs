using System.Text;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Json;
using Tarn.Query.Workgroups;

namespace Tarn.Aws.Athena;

/// <summary>Athena says nearly everything with InvalidRequestException and a finer code.</summary>
internal static class AthenaErrors
{
    public static AwsException Invalid(string message, string code = "INVALID_INPUT") =>
        new("InvalidRequestException", 400, message) { DetailCode = code };

    public static AwsException NoSuchExecution(string id) =>
        Invalid($"QueryExecution {id} was not found", "QUERY_EXECUTION_NOT_FOUND");

    public static AwsException NoSuchWorkgroup(string name) =>
        Invalid($"WorkGroup {name} is not found.", "WORKGROUP_NOT_FOUND");

    public static AwsException NoSuchNamedQuery(string id) =>
        Invalid($"NamedQuery {id} was not found", "NAMED_QUERY_NOT_FOUND");

    public static AwsException NoSuchPrepared(string name, string workgroup) => new(
        "ResourceNotFoundException", 400, $"PreparedStatement {name} was not found in WorkGroup {workgroup}")
    {
        ResourceName = name,
    };

    public static AwsException NoSuchResource(string arn) =>
        new("ResourceNotFoundException", 400, $"Resource {arn} was not found") { ResourceName = arn };

    public static AwsException NoSuchMetadata(string message) => new("MetadataException", 400, message);

    /// <summary>A text of so many bytes, required.</summary>
    public static string Sized(JsonMembers members, string name, int max) =>
        Sized(name, members.RequiredText(name), 1, max);

    public static string Sized(string name, string text, int min, int max)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        return length >= min && length <= max
            ? text
            : throw Invalid($"{name} must have {min} to {max} bytes");
    }

    public static async Task<Workgroup> RequireAsync(
        IWorkgroups workgroups, string name, CancellationToken cancellation) =>
        await workgroups.FindAsync(name, cancellation) ?? throw NoSuchWorkgroup(name);
}
