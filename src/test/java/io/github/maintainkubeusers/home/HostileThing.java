package io.github.maintainkubeusers.home;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a tenant, or a mistake, can put where this program expects a file or a folder. */
enum HostileThing {
  LINK_TO_ROOTS_FILE {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      world.link(at, world.base.resolve("root-secret"));
    }
  },
  LINK_TO_PUBLIC_FILE {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      world.link(at, world.base.resolve("public"));
    }
  },
  LINK_TO_OWLS_FILE {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      world.link(at, world.base.resolve("owls-secret"));
    }
  },
  LINK_TO_ROOTS_FOLDER {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      world.link(at, world.base.resolve("root-folder"));
    }
  },
  LINK_TO_OWLS_FOLDER {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      world.link(at, world.base.resolve("owls-folder"));
    }
  },
  LINK_TO_ANYBODYS_FOLDER {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      world.link(at, world.base.resolve("anybodys-folder"));
    }
  },
  DANGLING_LINK {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      world.link(at, world.base.resolve("anybodys-folder/nothing"));
    }
  },
  LINK_TO_ITSELF {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      world.link(at, at);
    }
  },
  FIFO {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      world.fifo(at);
    }
  },
  FIFO_WITH_AN_ENDLESS_WRITER {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      world.fifo(at);
      world.keep(
          new ProcessBuilder(
                  "sh",
                  "-c",
                  "exec 3<>'" + at + "'; yes | head -c 65536 >&3; echo ready; exec yes >&3")
              .start());
    }
  },
  SOCKET {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      world.socket(at);
    }
  },
  ENDLESS_DEVICE {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      HomeWorld.shell("mknod '" + at + "' c 1 5");
      HomeWorld.own(at, world.tool.uid().value(), 0666);
    }
  },
  DIRECTORY {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      HomeWorld.own(Files.createDirectory(at), world.tool.uid().value(), 0755);
    }
  },
  FULL_DIRECTORY {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      DIRECTORY.put(world, at);
      DIRECTORY.put(world, at.resolve("config"));
      LOCKED_FILE.put(world, at.resolve("notes"));
    }
  },
  UNWRITABLE_DIRECTORY {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      HomeWorld.own(Files.createDirectory(at), world.tool.uid().value(), 0500);
    }
  },
  LOCKED_DIRECTORY {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      HomeWorld.own(Files.createDirectory(at), world.tool.uid().value(), 0);
    }
  },
  OWLS_OPEN_DIRECTORY {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      HomeWorld.own(Files.createDirectory(at), world.neighbour.uid().value(), 0777);
    }
  },
  HUGE_SPARSE_FILE {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      try (var file = new RandomAccessFile(at.toFile(), "rw")) {
        file.setLength(8L << 40);
      }
      HomeWorld.own(at, world.tool.uid().value(), 0600);
    }
  },
  EMPTY_FILE {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      HomeWorld.own(Files.createFile(at), world.tool.uid().value(), 0600);
    }
  },
  LOCKED_FILE {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      HomeWorld.own(Files.writeString(at, "old"), world.tool.uid().value(), 0);
    }
  },
  OWLS_FILE {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      HomeWorld.own(Files.writeString(at, "old"), world.neighbour.uid().value(), 0666);
    }
  },
  HARD_LINK_TO_ROOTS_FILE {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      Files.createLink(at, world.base.resolve("root-secret"));
    }
  },
  HARD_LINK_TO_OWLS_FILE {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      Files.createLink(at, world.base.resolve("owls-secret"));
    }
  },
  HARD_LINK_TO_A_SECOND_FILE_OF_ITS_OWN {
    @Override
    void put(HomeWorld world, Path at) throws IOException {
      Files.createLink(at, world.base.resolve("foxes-notes"));
    }
  };

  /** The place is free before. */
  abstract void put(HomeWorld world, Path at) throws IOException;

  boolean isDirectory() {
    return name().endsWith("DIRECTORY");
  }

  boolean isHardLink() {
    return name().startsWith("HARD_LINK");
  }
}
