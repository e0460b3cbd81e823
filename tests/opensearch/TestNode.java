import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opensearch.Version;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.env.Environment;
import org.opensearch.ingest.common.IngestCommonModulePlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/** One OpenSearch node in a process of its own: {@code TestNode HOME}, settings in HOME/config. */
public final class TestNode extends Node {
    private static final List<Class<? extends Plugin>> MODULES =
            List.of(Netty4ModulePlugin.class, IngestCommonModulePlugin.class);

    private TestNode(Environment environment) {
        super(environment, MODULES.stream().map(TestNode::describe).collect(Collectors.toList()), true);
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        var settings = org.opensearch.common.settings.Settings.builder().put("path.home", home).build();
        Environment environment =
                InternalSettingsPreparer.prepareEnvironment(
                        settings, Collections.emptyMap(), home.resolve("config"), () -> "test");
        LogConfigurator.configureWithoutConfig(environment.settings());
        Node node = new TestNode(environment).start();
        // Whoever started this node holds the other end: the node ends with them, however they end.
        while (System.in.read() >= 0) {}
        node.close();
        System.exit(0);
    }

    private static PluginInfo describe(Class<? extends Plugin> module) {
        String name = module.getName();
        String java = Integer.toString(Runtime.version().feature());
        return new PluginInfo(
                name, "module", "NA", Version.CURRENT, java, name, Collections.emptyList(), false);
    }
}
