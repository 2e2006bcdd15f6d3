using System.Globalization;
using System.Text;

namespace AriDialer.Testing;

/// <summary>
/// A line of the table of faults that <c>./test</c> ends with: what was done to the product, and how it took it. It says FAILED unless the
/// test comes to the point where it says how it went.
/// </summary>
/// <param name="fault">What was hit.</param>
/// <param name="injected">What was done to it.</param>
public sealed class FaultLine(string fault, string injected) : IDisposable
{
    private string _result = "FAILED";
    private string _measured = "";

    /// <summary>How the product took it.</summary>
    public void Survived(string result, TimeSpan? measured = null) =>
        (_result, _measured) = (result, measured is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F2} s") : "");

    public void Dispose()
    {
        var file = RepositoryRoot.File(".local", "test-results", "faults.tsv");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);

        // One write to the end: several suites run at once.
        using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(Encoding.UTF8.GetBytes($"{fault}\t{injected}\t{_result}\t{_measured}\n"));
    }
}
