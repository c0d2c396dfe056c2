using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Functions;

/// <summary>Numbers.</summary>
internal static class NumberFunctions
{
    public static IReadOnlyList<JqFunction> All { get; } =
    [
        Of("floor", "the whole number below", Math.Floor),
        Of("ceil", "the whole number above", Math.Ceiling),
        Of("round", "the nearest whole number, halves away from zero", number =>
            Math.Round(number, MidpointRounding.AwayFromZero)),
        Of("trunc", "without what is behind the point", Math.Truncate),
        Of("fabs", "without sign", Math.Abs),
        Of("sqrt", "the square root", Math.Sqrt),
    ];

    public static double NumberOf(JqValue value, string function) => value.Kind == JqKind.Number
        ? value.Number
        : throw new JqFault($"{function} requires a number, not {value.TypeName}");

    private static JqFunction Of(string name, string does, Func<double, double> apply) =>
        JqFunction.Plain(name, does, (_, input) => JqValue.Of(apply(NumberOf(input, name))));
}
