namespace AriDialer.Testing;

/// <summary>Whether what takes minutes is to run, or takes its full time: <c>./test --long</c>.</summary>
public static class LongTests
{
    /// <summary>The trait of tests that run only then: <c>[Trait(LongTests.Trait, LongTests.Long)]</c>.</summary>
    public const string Trait = "Takes";

    public const string Long = "minutes";

    public static bool AreWanted { get; } = Environment.GetEnvironmentVariable("ARIDIALER_LONG_TESTS") == "1";
}
