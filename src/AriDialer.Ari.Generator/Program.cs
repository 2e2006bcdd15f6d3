using AriDialer.Ari.Generator;

// With no argument the files go to where they are checked in; an argument names another directory.
var target = args.Length > 0 ? args[0] : GeneratedCode.CheckedInDirectory();
if (Directory.Exists(target))
    Directory.Delete(target, recursive: true);

foreach (var (path, text) in GeneratedCode.Write(ApiDescription.Read()))
{
    var file = Path.Combine(target, path);
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    File.WriteAllText(file, text);
}

Console.WriteLine($"Wrote {target}");
