using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>transform and filter.</summary>
internal static class Lambdas
{
    public static Typed? Transform(SpecialCall call)
    {
        call.RequireArguments(2, 2);
        var (parameters, body) = Read(call);
        return new Typed($"list_transform({call[0].Sql}, lambda {parameters}: {body.Sql})", SqlType.Array(body.Type));
    }

    public static Typed? Filter(SpecialCall call)
    {
        call.RequireArguments(2, 2);
        var (parameters, body) = Read(call);
        return body.Type.Kind == TypeKind.Boolean
            ? new Typed($"list_filter({call[0].Sql}, lambda {parameters}: {body.Sql})", call[0].Type)
            : throw Errors.SqlErrors.TypeMismatch(
                call.Call.Arguments[1].Position, $"filter takes a lambda that gives a boolean, not {body.Type}");
    }

    private static (string Parameters, Typed Body) Read(SpecialCall call) =>
        call[0].Type.Kind == TypeKind.Array && call.Lambda(1, call[0].Type.Arguments[0]) is { } lambda
            ? lambda
            : throw Errors.SqlErrors.TypeMismatch(
                call.Call.Position, $"{call.Call.Name} takes an array and a lambda such as x -> x + 1");
}
